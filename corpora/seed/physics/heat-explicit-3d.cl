// Explicit 3-D heat step with per-cell conductivity and insulated walls.
__kernel void heat3d(__global const float *T, __global const float *kappa,
                     __global float *Tn, int nx, int ny, int nz, float dt_h2)
{
    int x = get_global_id(0), y = get_global_id(1), z = get_global_id(2);
    if (x >= nx || y >= ny || z >= nz) return;

    int sx = 1, sy = nx, sz = nx * ny;
    int c = x * sx + y * sy + z * sz;
    float t = T[c], k = kappa[c], flow = 0.0f;

    /* harmonic mean of conductivities on each face */
    if (x > 0)      { float q = kappa[c - sx]; flow += 2.0f * k * q / (k + q) * (T[c - sx] - t); }
    if (x < nx - 1) { float q = kappa[c + sx]; flow += 2.0f * k * q / (k + q) * (T[c + sx] - t); }
    if (y > 0)      { float q = kappa[c - sy]; flow += 2.0f * k * q / (k + q) * (T[c - sy] - t); }
    if (y < ny - 1) { float q = kappa[c + sy]; flow += 2.0f * k * q / (k + q) * (T[c + sy] - t); }
    if (z > 0)      { float q = kappa[c - sz]; flow += 2.0f * k * q / (k + q) * (T[c - sz] - t); }
    if (z < nz - 1) { float q = kappa[c + sz]; flow += 2.0f * k * q / (k + q) * (T[c + sz] - t); }

    Tn[c] = t + dt_h2 * flow;
}
