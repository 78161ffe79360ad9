// Splits the half-length complex spectrum of a packed real signal into its n/2+1 real-FFT bins.
__kernel void rfft_unpack(__global const float2 *z, __global float2 *spec, const int half_n)
{
    const int k = get_global_id(0);
    if (k > half_n)
        return;

    const float2 zk = z[k == half_n ? 0 : k];
    const float2 zr = z[(k == 0 || k == half_n) ? 0 : half_n - k];
    const float2 zc = (float2)(zr.x, -zr.y);

    const float2 even = 0.5f * (zk + zc);
    const float2 diff = 0.5f * (zk - zc);
    const float2 odd  = (float2)(diff.y, -diff.x);      // divide by i

    const float ang = -M_PI_F * (float)k / (float)half_n;
    const float c = cos(ang), s = sin(ang);
    spec[k] = even + (float2)(odd.x * c - odd.y * s, odd.x * s + odd.y * c);
}
