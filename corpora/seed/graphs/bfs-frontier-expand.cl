// Expands one level of breadth-first search over a CSR graph using atomic claims.
__kernel void bfs_expand(__global const uint *row_ptr,
                         __global const uint *col_idx,
                         __global const uint *frontier,
                         const uint frontier_len,
                         __global int *depth,
                         __global uint *next_frontier,
                         volatile __global uint *next_len,
                         const int level)
{
    const uint t = get_global_id(0);
    if (t >= frontier_len)
        return;

    const uint u = frontier[t];
    const uint end = row_ptr[u + 1];
    for (uint e = row_ptr[u]; e < end; ++e) {
        const uint v = col_idx[e];
        if (atomic_cmpxchg((volatile __global int *)&depth[v], -1, level + 1) == -1) {
            const uint slot = atomic_inc(next_len);
            next_frontier[slot] = v;
        }
    }
}
