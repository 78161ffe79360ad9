// Burning Ship fractal in double precision with integer palette lookup.
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

__kernel void BurningShip(__global uint* pixels, __constant uint* palette, const int paletteSize,
                          const double x0, const double y0, const double step,
                          const int cols, const int rows, const int maxIter)
{
    const int i = get_global_id(0);
    if (i >= cols * rows) return;

    const double cx = x0 + step * (i % cols);
    const double cy = y0 + step * (i / cols);
    double x = 0.0, y = 0.0;
    int n;
    for (n = 0; n < maxIter && x * x + y * y <= 16.0; ++n)
    {
        const double t = x * x - y * y + cx;
        y = fabs(2.0 * x * y) + cy;
        x = t;
    }
    pixels[i] = n == maxIter ? 0xff000000u : palette[n % paletteSize];
}
