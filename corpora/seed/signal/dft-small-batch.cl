// Naive 16-point DFT of many short complex frames, twiddles computed on the fly.
kernel void dft16(global const float2 *in, global float2 *out, int frames)
{
    const int k = get_global_id(0) & 15;
    const int f = get_global_id(0) >> 4;
    if (f >= frames) return;

    float2 acc = 0.0f;
    for (int n = 0; n < 16; ++n) {
        const float a = -0.125f * (float)((k * n) & 15);
        const float2 w = (float2)(cospi(a), sinpi(a));
        const float2 v = in[f * 16 + n];
        acc += (float2)(v.x * w.x - v.y * w.y, v.x * w.y + v.y * w.x);
    }
    out[f * 16 + k] = acc;
}
