// Grayscale erosion over a 5x5 window staged through local memory.
__kernel __attribute__((reqd_work_group_size(16, 8, 1)))
void erode5(__global const uchar *src, __global uchar *dst, const int w, const int h)
{
    __local uchar win[12][20];

    const int lx = get_local_id(0), ly = get_local_id(1);
    const int ox = (int)get_group_id(0) * 16 - 2;
    const int oy = (int)get_group_id(1) * 8 - 2;

    for (int yy = ly; yy < 12; yy += 8)
        for (int xx = lx; xx < 20; xx += 16) {
            const int sx = ox + xx, sy = oy + yy;
            const bool inside = sx >= 0 && sy >= 0 && sx < w && sy < h;
            win[yy][xx] = inside ? src[sy * w + sx] : (uchar)255;
        }
    barrier(CLK_LOCAL_MEM_FENCE);

    uchar low = 255;
    for (int r = 0; r < 5; ++r)
        for (int c = 0; c < 5; ++c)
            low = min(low, win[ly + r][lx + c]);

    const int gx = get_global_id(0), gy = get_global_id(1);
    if (gx < w && gy < h)
        dst[gy * w + gx] = low;
}
