// Batched 16-point complex FFT entirely in registers: two rounds of radix-4 with twiddles from a constant table.
__constant float2 W16[10] = {
    (float2)( 1.000000000f,  0.000000000f),
    (float2)( 0.923879533f, -0.382683432f),
    (float2)( 0.707106781f, -0.707106781f),
    (float2)( 0.382683432f, -0.923879533f),
    (float2)( 0.000000000f, -1.000000000f),
    (float2)(-0.382683432f, -0.923879533f),
    (float2)(-0.707106781f, -0.707106781f),
    (float2)(-0.923879533f, -0.382683432f),
    (float2)(-1.000000000f,  0.000000000f),
    (float2)(-0.923879533f,  0.382683432f)
};

float2 cx_mul(const float2 p, const float2 q)
{
    return (float2)(p.x * q.x - p.y * q.y, p.x * q.y + p.y * q.x);
}

/* in-order 4-point transform of four private values */
void dft4(float2 *a, float2 *b, float2 *c, float2 *d)
{
    const float2 s0 = *a + *c;
    const float2 s1 = *a - *c;
    const float2 s2 = *b + *d;
    const float2 t = *b - *d;
    const float2 s3 = (float2)(t.y, -t.x);

    *a = s0 + s2;
    *b = s1 + s3;
    *c = s0 - s2;
    *d = s1 - s3;
}

__kernel void fft16_batch(__global const float2 *in,
                          __global float2 *out,
                          const uint batches,
                          const uint in_stride,     // distance between the points of one transform
                          const uint in_dist)       // distance between transforms
{
    const uint b = get_global_id(0);
    if (b >= batches)
        return;

    float2 v[16];
    __global const float2 *p = in + (size_t)b * in_dist;
    for (uint i = 0; i < 16; ++i, p += in_stride)
        v[i] = *p;

    // columns of the 4x4 arrangement
    for (int c = 0; c < 4; ++c)
        dft4(&v[c], &v[c + 4], &v[c + 8], &v[c + 12]);

    for (int r = 1; r < 4; ++r)
        for (int c = 1; c < 4; ++c)
            v[4 * r + c] = cx_mul(v[4 * r + c], W16[r * c]);

    // rows
    for (int r = 0; r < 4; ++r)
        dft4(&v[4 * r], &v[4 * r + 1], &v[4 * r + 2], &v[4 * r + 3]);

    // digit-reversed write-back
    __global float2 *q = out + (size_t)b * 16;
    for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 4; ++c)
            q[4 * c + r] = v[4 * r + c];
}
