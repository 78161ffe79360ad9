// Scaled dot-product attention scores with a causal mask (per head).
__kernel void attn_scores(__global const float *Q, __global const float *K, __global float *S,
                          const int seq, const int head_dim, const int heads, const float scale)
{
    const int k = get_global_id(0);
    const int q = get_global_id(1);
    const int h = get_global_id(2);
    if (k >= seq || q >= seq || h >= heads)
        return;

    const long at = ((long)h * seq + q) * seq + k;
    if (k > q) {
        S[at] = -INFINITY;
        return;
    }

    __global const float *qv = Q + ((long)h * seq + q) * head_dim;
    __global const float *kv = K + ((long)h * seq + k) * head_dim;
    float d = 0.0f;
    for (int i = 0; i < head_dim; ++i)
        d += qv[i] * kv[i];
    S[at] = d * scale;
}
