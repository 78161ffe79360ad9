// Sliced ELLPACK (slice height 32) product; each slice has its own padded width.
__kernel void sell32_spmv(__global const long *slice_off,
                          __global const int *col,
                          __global const float *val,
                          __global const float *x,
                          __global float *y,
                          int n)
{
    int row = get_global_id(0);
    if (row >= n) return;

    int slice = row >> 5;
    int lane = row & 31;
    long cur = slice_off[slice] + lane;
    long end = slice_off[slice + 1];

    float s0 = 0.0f, s1 = 0.0f;
    for (; cur + 32 < end; cur += 64) {
        s0 += val[cur] * x[col[cur]];
        s1 += val[cur + 32] * x[col[cur + 32]];
    }
    if (cur < end)
        s0 += val[cur] * x[col[cur]];

    y[row] = s0 + s1;
}
