// Rotates query/key channel pairs by position-dependent angles (rotary embedding).
kernel void rope(global float2 *qk, const int pairs, const int tokens, const int pos0, const float log_theta)
{
    const int p = get_global_id(0), t = get_global_id(1);
    if (p >= pairs || t >= tokens) return;
    const float freq = exp(-log_theta * (float)p / (float)pairs);
    float c;
    const float s = sincos((float)(pos0 + t) * freq, &c);
    const float2 v = qk[t * pairs + p];
    qk[t * pairs + p] = (float2)(v.x * c - v.y * s, v.x * s + v.y * c);
}
