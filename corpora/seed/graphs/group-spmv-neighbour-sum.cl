// One work-group per vertex: sums edge weights of incident edges with a local tree reduction.
kernel void vertex_strength(global const uint *row, global const float *weight,
                            global float *strength, local float *scratch, uint n)
{
    uint lid = get_local_id(0);
    uint ls = get_local_size(0);

    for (uint v = get_group_id(0); v < n; v += get_num_groups(0)) {
        float s = 0.f;
        for (uint e = row[v] + lid; e < row[v + 1]; e += ls)
            s += weight[e];
        scratch[lid] = s;
        barrier(CLK_LOCAL_MEM_FENCE);

        for (uint half_sz = ls >> 1; half_sz; half_sz >>= 1) {
            if (lid < half_sz) scratch[lid] += scratch[lid + half_sz];
            barrier(CLK_LOCAL_MEM_FENCE);
        }
        if (lid == 0) strength[v] = scratch[0];
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}
