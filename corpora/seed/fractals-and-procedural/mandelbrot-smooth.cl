// Smooth escape-time Mandelbrot values over a 2-D window.
kernel void mandelbrot(global float *out, int w, int h, float2 centre, float scale, int max_iter)
{
    int x = get_global_id(0), y = get_global_id(1);
    if (x >= w || y >= h) return;

    float cr = centre.x + scale * (x - 0.5f * w);
    float ci = centre.y + scale * (y - 0.5f * h);
    float zr = 0, zi = 0, r2 = 0, i2 = 0;
    int it = 0;

    while (it < max_iter && r2 + i2 < 256.0f) {
        zi = 2 * zr * zi + ci;
        zr = r2 - i2 + cr;
        r2 = zr * zr;
        i2 = zi * zi;
        it++;
    }
    out[y * w + x] = it == max_iter ? 0.0f : it + 1 - log2(0.5f * log2(r2 + i2));
}
