// Horizontal pass of a seven-tap Gaussian on a float image (mirrored edges).
__constant float G7[4] = { 0.3125f, 0.234375f, 0.09375f, 0.015625f };

int mirror(int i, int n)
{
    if (i < 0) i = -i;
    if (i >= n) i = 2 * n - 2 - i;
    return clamp(i, 0, n - 1);
}

__kernel void blur_h(__global const float *src, __global float *dst, int width, int height)
{
    int x = get_global_id(0);
    int y = get_global_id(1);
    if (x < width && y < height) {
        __global const float *line = src + y * width;
        float v = G7[0] * line[x];
        for (int t = 1; t < 4; ++t)
            v += G7[t] * (line[mirror(x - t, width)] + line[mirror(x + t, width)]);
        dst[y * width + x] = v;
    }
}
