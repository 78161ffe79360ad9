// 3x3 median of an 8-bit image through a min/max exchange network.
#define CSWAP(a, b) { uchar lo_ = min(a, b); b = max(a, b); a = lo_; }

__kernel void median3x3(__global const uchar *in, __global uchar *out, const int w, const int h)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h)
        return;

    uchar v[9];
    int n = 0;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
            v[n++] = in[clamp(y + dy, 0, h - 1) * w + clamp(x + dx, 0, w - 1)];

    /* sort the three columns, then combine max-of-mins, med-of-meds, min-of-maxes */
    for (int c = 0; c < 9; c += 3) {
        CSWAP(v[c], v[c + 1]);
        CSWAP(v[c + 1], v[c + 2]);
        CSWAP(v[c], v[c + 1]);
    }
    uchar lo = max(max(v[0], v[3]), v[6]);
    uchar hi = min(min(v[2], v[5]), v[8]);
    uchar mid = max(min(v[1], v[4]), min(max(v[1], v[4]), v[7]));

    CSWAP(lo, mid);
    CSWAP(mid, hi);
    CSWAP(lo, mid);
    out[y * w + x] = mid;
}
