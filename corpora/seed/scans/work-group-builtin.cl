// Exclusive offsets for variable-length records using the built-in work-group scan.
kernel void record_offsets(global const ushort *len, global uint *off, volatile global uint *cursor, uint n)
{
    local uint base;
    uint g = get_global_id(0);
    uint mine = g < n ? (uint)len[g] : 0u;
    uint ex = work_group_scan_exclusive_add(mine);
    uint all = work_group_reduce_add(mine);
    if (get_local_id(0) == 0) base = atomic_add(cursor, all);
    barrier(CLK_LOCAL_MEM_FENCE);
    if (g < n) off[g] = base + ex;
}
