// Orthonormal 8-point DCT-II applied to the rows of consecutive 8x8 blocks.
__constant float C8[8] = {
    1.0f, 0.980785280f, 0.923879533f, 0.831469612f,
    0.707106781f, 0.555570233f, 0.382683432f, 0.195090322f
};

/* cos(j * pi / 16) for any j, folded onto the table */
float cos16(int j)
{
    j &= 31;
    if (j > 16) j = 32 - j;
    if (j == 8) return 0.0f;
    return j < 8 ? C8[j] : -C8[16 - j];
}

__kernel void dct8_rows(__global const float8 *in, __global float8 *out, int rows)
{
    int r = get_global_id(0);
    if (r >= rows) return;

    float s[8], d[8];
    vstore8(in[r], 0, s);
    for (int k = 0; k < 8; ++k) {
        float acc = 0.0f;
        for (int n = 0; n < 8; ++n)
            acc += s[n] * cos16((2 * n + 1) * k);
        d[k] = acc * (k == 0 ? 0.353553391f : 0.5f);
    }
    out[r] = vload8(0, d);
}
