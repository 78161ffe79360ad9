// Nine-point isotropic stencil with a 16x16 tile and one-cell halo staged in local memory.
#define TILE 16
#define PAD  (TILE + 2)

__kernel __attribute__((reqd_work_group_size(TILE, TILE, 1)))
void nine_point_tiled(__global const float *src,
                      __global float *dst,
                      int nx, int ny,
                      float w_center, float w_edge, float w_corner)
{
    __local float tile[PAD * PAD];

    const int lx = get_local_id(0);
    const int ly = get_local_id(1);
    const int base_x = get_group_id(0) * TILE - 1;
    const int base_y = get_group_id(1) * TILE - 1;

    /* cooperative load: 256 threads fill 324 cells, coordinates clamped at the rim */
    for (int k = ly * TILE + lx; k < PAD * PAD; k += TILE * TILE) {
        int sx = clamp(base_x + k % PAD, 0, nx - 1);
        int sy = clamp(base_y + k / PAD, 0, ny - 1);
        tile[k] = src[sy * nx + sx];
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    const int gx = base_x + 1 + lx;
    const int gy = base_y + 1 + ly;
    if (gx < nx && gy < ny) {
        __local const float *p = tile + (ly + 1) * PAD + (lx + 1);
        float edges   = p[-1] + p[1] + p[-PAD] + p[PAD];
        float corners = p[-PAD - 1] + p[-PAD + 1] + p[PAD - 1] + p[PAD + 1];
        dst[gy * nx + gx] = w_center * p[0] + w_edge * edges + w_corner * corners;
    }
}
