// Edge detector pieces: gradient with quantised direction, non-maximum suppression, and one hysteresis pass.
enum { DIR_E = 0, DIR_NE = 1, DIR_N = 2, DIR_NW = 3 };
enum { EDGE_NONE = 0, EDGE_WEAK = 1, EDGE_STRONG = 2 };

int pix(__global const uchar *im, int x, int y, int w, int h)
{
    return im[clamp(y, 0, h - 1) * w + clamp(x, 0, w - 1)];
}

uchar quantise_dir(int gx, int gy)
{
    const int ax = abs(gx), ay = abs(gy);
    if (5 * ay < 2 * ax)            // below ~22 degrees
        return DIR_E;
    if (5 * ax < 2 * ay)
        return DIR_N;
    return ((gx ^ gy) >= 0) ? DIR_NE : DIR_NW;
}

__kernel void edge_gradient(__global const uchar *im,
                            __global ushort *mag,
                            __global uchar *dir,
                            const int w, const int h)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h)
        return;

    int gx = 0, gy = 0;
    for (int k = -1; k <= 1; ++k) {
        const int weight = (k == 0) ? 2 : 1;
        gx += weight * (pix(im, x + 1, y + k, w, h) - pix(im, x - 1, y + k, w, h));
        gy += weight * (pix(im, x + k, y + 1, w, h) - pix(im, x + k, y - 1, w, h));
    }

    mag[y * w + x] = convert_ushort_sat(abs(gx) + abs(gy));
    dir[y * w + x] = quantise_dir(gx, gy);
}

__kernel void edge_thin(__global const ushort *mag,
                        __global const uchar *dir,
                        __global uchar *label,
                        const int w, const int h,
                        const ushort low, const ushort high)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h)
        return;

    const int c = y * w + x;
    if (x == 0 || y == 0 || x == w - 1 || y == h - 1) {
        label[c] = EDGE_NONE;
        return;
    }

    int step;
    switch (dir[c]) {
    case DIR_E:  step = 1;     break;
    case DIR_NE: step = w + 1; break;
    case DIR_N:  step = w;     break;
    default:     step = w - 1; break;
    }

    const ushort m = mag[c];
    const bool ridge = m >= mag[c - step] && m > mag[c + step];
    label[c] = !ridge ? EDGE_NONE : m >= high ? EDGE_STRONG : m >= low ? EDGE_WEAK : EDGE_NONE;
}

__kernel void edge_promote(__global const uchar *label_in,
                           __global uchar *label_out,
                           __global int *promoted,
                           const int w, const int h)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h)
        return;

    const int c = y * w + x;
    uchar v = label_in[c];
    if (v == EDGE_WEAK) {           // weak labels never touch the rim
        bool near_strong = false;
        for (int dy = -1; dy <= 1 && !near_strong; ++dy)
            for (int dx = -1; dx <= 1 && !near_strong; ++dx)
                near_strong = label_in[c + dy * w + dx] == EDGE_STRONG;
        if (near_strong) {
            v = EDGE_STRONG;
            atomic_inc(promoted);
        }
    }
    label_out[c] = v;
}
