// Marches rays through a bit-packed occupancy grid with an integer DDA.
__kernel void voxel_march(__global const uint *occupancy, const int3 dim,
                          __global const float4 *ray_o, __global const float4 *ray_d,
                          __global int *hit_cell, const int rays, const int max_steps)
{
    const int id = get_global_id(0);
    if (id >= rays) return;

    const float3 o = ray_o[id].xyz;
    const float3 d = ray_d[id].xyz;

    int3 cell = convert_int3_rtn(o);
    const int3 dir = (int3)(d.x < 0.0f ? -1 : 1, d.y < 0.0f ? -1 : 1, d.z < 0.0f ? -1 : 1);
    const float3 delta = fabs((float3)(1.0f) / d);
    const float3 edge = convert_float3(cell + max(dir, (int3)(0)));
    float3 tnext = (edge - o) / d;

    int found = -1;
    for (int step = 0; step < max_steps; ++step) {
        if (any(cell < (int3)(0)) || any(cell >= dim))
            break;

        const int idx = (cell.z * dim.y + cell.y) * dim.x + cell.x;
        if ((occupancy[idx >> 5] >> (idx & 31)) & 1u) {
            found = idx;
            break;
        }

        if (tnext.x < tnext.y && tnext.x < tnext.z) {
            cell.x += dir.x;
            tnext.x += delta.x;
        } else if (tnext.y < tnext.z) {
            cell.y += dir.y;
            tnext.y += delta.y;
        } else {
            cell.z += dir.z;
            tnext.z += delta.z;
        }
    }
    hit_cell[id] = found;
}
