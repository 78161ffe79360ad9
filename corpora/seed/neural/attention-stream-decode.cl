// Single-query attention over a KV cache with streaming (online) softmax, one head per work-item row.
#define HD 32   /* head dimension */

__kernel void decode_attention(__global const float4 *q, __global const float4 *kcache,
                               __global const float4 *vcache, __global float4 *o,
                               const int past, const int heads, const float scale)
{
    const int h = get_global_id(0);
    if (h >= heads || past <= 0) return;

    float4 query[HD / 4], acc[HD / 4];
    for (int d = 0; d < HD / 4; ++d) {
        query[d] = q[h * (HD / 4) + d] * scale;
        acc[d] = (float4)(0.0f);
    }

    float m = -INFINITY, l = 0.0f;
    for (int t = 0; t < past; ++t) {
        const int row = (t * heads + h) * (HD / 4);
        float s = 0.0f;
        for (int d = 0; d < HD / 4; ++d)
            s += dot(query[d], kcache[row + d]);

        const float m_new = fmax(m, s);
        const float shrink = exp(m - m_new);
        const float p = exp(s - m_new);
        l = l * shrink + p;
        for (int d = 0; d < HD / 4; ++d)
            acc[d] = acc[d] * shrink + p * vcache[row + d];
        m = m_new;
    }

    const float inv = 1.0f / l;
    for (int d = 0; d < HD / 4; ++d)
        o[h * (HD / 4) + d] = acc[d] * inv;
}
