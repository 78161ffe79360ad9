// Exclusive offsets of variable-length records: a scan in local memory, then one atomic per work-group.
kernel void record_offsets(global const ushort *len, global uint *off, volatile global uint *cursor, local uint *sum,
                           uint n)
{
    local uint base;
    uint g = get_global_id(0);
    uint l = get_local_id(0);
    uint size = get_local_size(0);
    uint mine = g < n ? (uint)len[g] : 0u;
    sum[l] = mine;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint step = 1; step < size; step <<= 1) {
        uint before = l >= step ? sum[l - step] : 0u;
        barrier(CLK_LOCAL_MEM_FENCE);
        sum[l] += before;
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    if (l == size - 1) base = atomic_add(cursor, sum[l]);
    barrier(CLK_LOCAL_MEM_FENCE);
    if (g < n) off[g] = base + sum[l] - mine;
}
