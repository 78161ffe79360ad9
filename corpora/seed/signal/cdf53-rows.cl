// Forward CDF 5/3 integer wavelet along image rows, mirrored at the edges.
static int mirror(int i, int n)
{
    i = i < 0 ? -i : i;
    return i >= n ? 2 * (n - 1) - i : i;
}

static int high(__global const short *row, int k, int n)
{
    const int c = 2 * k + 1;
    return row[mirror(c, n)] - ((row[mirror(c - 1, n)] + row[mirror(c + 1, n)]) >> 1);
}

__kernel void cdf53_rows(__global const short *src, __global short *dst, int width, int height)
{
    const int k = get_global_id(0);
    const int y = get_global_id(1);
    const int half_w = width >> 1;          // width is even and at least 4
    if (k >= half_w || y >= height) return;

    __global const short *row = src + y * width;
    const int h0 = k > 0 ? high(row, k - 1, width) : high(row, 0, width);
    const int h1 = high(row, k, width);

    dst[y * width + k] = (short)(row[2 * k] + ((h0 + h1 + 2) >> 2));
    dst[y * width + half_w + k] = (short)h1;
}
