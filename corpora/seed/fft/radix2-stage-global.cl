// One radix-2 decimation-in-time stage over a bit-reversed complex array in global memory.
__kernel void fft_stage(__global float2 *data, const uint half_span, const uint n)
{
    const uint t = get_global_id(0);
    if (t >= n / 2)
        return;

    const uint j = t % half_span;
    const uint lo = (t / half_span) * (2 * half_span) + j;
    const uint hi = lo + half_span;

    float c, s;
    s = sincos(-M_PI_F * (float)j / (float)half_span, &c);

    const float2 a = data[lo];
    const float2 b = data[hi];
    const float2 w = (float2)(c * b.x - s * b.y, c * b.y + s * b.x);
    data[lo] = a + w;
    data[hi] = a - w;
}
