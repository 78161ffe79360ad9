// Matrix transpose where a row of 64 items moves a 64x16 strip through padded local memory.
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void transposeStrip(__global const float *in, __global float *out, int cols, int rows)
{
    __local float strip[16 * 65];

    const int me = get_local_id(0);
    const int left = get_group_id(0) * 64;
    const int top = get_group_id(1) * 16;
    const int tall = min(16, rows - top);
    const int wide = min(64, cols - left);

    if (me < wide) {
        for (int r = 0; r < tall; ++r)
            strip[r * 65 + me] = in[(top + r) * cols + left + me];
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    // four output rows at a time, sixteen items along each
    const int r = me & 15;
    if (r < tall) {
        for (int c = me >> 4; c < wide; c += 4)
            out[(left + c) * rows + top + r] = strip[r * 65 + c];
    }
}
