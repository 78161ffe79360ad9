// SPH density with a poly6-style kernel, visiting the 27 cells around a particle in a sorted grid.
typedef struct {
    float3 origin;
    int3   cells;
    float  h;            /* smoothing length == cell edge */
    float  mass;
    float  k_norm;       /* kernel normalisation constant */
} SphParams;

int3 cell_of(float3 p, float3 origin, float h, int3 cells)
{
    int3 c = convert_int3_rtn((p - origin) / h);
    return clamp(c, (int3)(0), cells - 1);
}

__kernel void sph_density(__global const float4 *pos,          /* sorted by cell */
                          __global const int *cell_start,      /* cells + 1 entries */
                          __global float *density,
                          __constant SphParams *prm,
                          const int n)
{
    const int i = get_global_id(0);
    if (i >= n)
        return;

    const float h2 = prm->h * prm->h;
    const int3 dims = prm->cells;
    const float3 p = pos[i].xyz;
    const int3 c = cell_of(p, prm->origin, prm->h, dims);

    float rho = 0.0f;
    for (int dz = -1; dz <= 1; ++dz) {
        const int z = c.z + dz;
        if (z < 0 || z >= dims.z) continue;
        for (int dy = -1; dy <= 1; ++dy) {
            const int y = c.y + dy;
            if (y < 0 || y >= dims.y) continue;

            /* the x neighbours are contiguous, so take them as one run */
            const int x0 = max(c.x - 1, 0);
            const int x1 = min(c.x + 1, dims.x - 1);
            const int line = (z * dims.y + y) * dims.x;
            for (int j = cell_start[line + x0]; j < cell_start[line + x1 + 1]; ++j) {
                const float3 d = pos[j].xyz - p;
                const float q = h2 - dot(d, d);
                if (q > 0.0f)
                    rho += q * q * q;
            }
        }
    }
    density[i] = prm->mass * prm->k_norm * rho;
}
