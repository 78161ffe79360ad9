// D3Q7 lattice-Boltzmann advection-diffusion of a temperature field in a given flow, pull scheme with fixed-value walls.
typedef enum { FLUID = 0, WALL_COLD = 1, WALL_HOT = 2 } CellKind;

__constant int4 E7[7] = {
    (int4)(0, 0, 0, 0),
    (int4)(1, 0, 0, 0), (int4)(-1, 0, 0, 0),
    (int4)(0, 1, 0, 0), (int4)(0, -1, 0, 0),
    (int4)(0, 0, 1, 0), (int4)(0, 0, -1, 0)
};

int opposite(int q) { return q == 0 ? 0 : ((q - 1) ^ 1) + 1; }

float weight(int q) { return q == 0 ? 0.25f : 0.125f; }

__kernel void lbm7_pull(__global const float *g_old,       /* 7 planes of cells */
                        __global float *g_new,
                        __global const uchar *kind,
                        __global const float4 *flow,
                        __global float *temperature,
                        const int4 dim,
                        const float omega,
                        const float t_cold, const float t_hot)
{
    const int x = get_global_id(0), y = get_global_id(1), z = get_global_id(2);
    if (x >= dim.x || y >= dim.y || z >= dim.z)
        return;

    const int total = dim.x * dim.y * dim.z;
    const int c = (z * dim.y + y) * dim.x + x;

    if (kind[c] != FLUID) {
        const float tw = kind[c] == WALL_HOT ? t_hot : t_cold;
        temperature[c] = tw;
        for (int q = 0; q < 7; ++q)
            g_new[q * total + c] = weight(q) * tw;
        return;
    }

    float g[7];
    float T = 0.0f;
    for (int q = 0; q < 7; ++q) {
        const int4 e = E7[q];
        const int sx = x - e.x, sy = y - e.y, sz = z - e.z;
        const bool inside = sx >= 0 && sy >= 0 && sz >= 0
                         && sx < dim.x && sy < dim.y && sz < dim.z;
        if (inside) {
            const int s = (sz * dim.y + sy) * dim.x + sx;
            if (kind[s] == FLUID) {
                g[q] = g_old[q * total + s];
            } else {
                /* anti-bounce-back keeps the wall at its temperature */
                const float tw = kind[s] == WALL_HOT ? t_hot : t_cold;
                g[q] = 2.0f * weight(q) * tw - g_old[opposite(q) * total + c];
            }
        } else {
            g[q] = g_old[opposite(q) * total + c];
        }
        T += g[q];
    }

    const float4 u = flow[c];
    for (int q = 0; q < 7; ++q) {
        const float4 e = convert_float4(E7[q]);
        const float eq = weight(q) * T * (1.0f + 4.0f * dot(e, u));
        g_new[q * total + c] = mad(omega, eq - g[q], g[q]);
    }
    temperature[c] = T;
}
