// One Stockham radix-2 FFT pass over a batch of signals.
__kernel void stockham2(__global const float2 *src, __global float2 *dst,
                        const uint n, const uint ns, const float sign)
{
    const uint j = get_global_id(0);
    const uint half_n = n >> 1;
    if (j >= half_n) return;

    const size_t off = (size_t)get_global_id(1) * n;
    const uint k = j & (ns - 1);

    const float2 a = src[off + j];
    const float2 b = src[off + j + half_n];
    float c;
    const float s = sincos(sign * M_PI_F * (float)k / (float)ns, &c);
    const float2 t = (float2)(b.x * c - b.y * s, b.x * s + b.y * c);

    const size_t o = off + ((j - k) << 1) + k;
    dst[o] = a + t;
    dst[o + ns] = a - t;
}
