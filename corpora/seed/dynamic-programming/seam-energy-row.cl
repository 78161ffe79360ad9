// Seam carving cumulative energy: one image row from the row above.
__kernel void seam_row(__global const float *energy, __global float *cum, int w, int row)
{
    int x = get_global_id(0);
    if (x >= w) return;
    __global const float *up = cum + (row - 1) * w;
    float m = up[x];
    if (x > 0)     m = fmin(m, up[x - 1]);
    if (x < w - 1) m = fmin(m, up[x + 1]);
    cum[row * w + x] = energy[row * w + x] + m;
}
