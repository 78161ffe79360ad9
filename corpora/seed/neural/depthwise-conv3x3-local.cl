// Depthwise 3x3 convolution of one channel plane, rows cached in local memory.
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void depthwise3(__global const float *x, __global const float *filt, __global float *y,
                const int H, const int W, const int C)
{
    __local float rows[3][66];
    const int lid = get_local_id(0);
    const int x0 = get_group_id(0) * 64;
    const int r  = get_group_id(1);
    const int ch = get_group_id(2);
    if (r >= H || ch >= C) return;      /* group-uniform */

    const int plane = ch * H * W;
    for (int k = lid; k < 3 * 66; k += 64) {
        const int rr = r + k / 66 - 1;
        const int cc = x0 + k % 66 - 1;
        const bool ok = rr >= 0 && rr < H && cc >= 0 && cc < W;
        rows[k / 66][k % 66] = ok ? x[plane + rr * W + cc] : 0.0f;
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    if (x0 + lid < W) {
        __global const float *f = filt + ch * 9;
        float s = 0.0f;
        #pragma unroll
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j)
                s = fma(rows[i][lid + j], f[i * 3 + j], s);
        y[plane + r * W + x0 + lid] = s;
    }
}
