// All-pairs Hamming distance between 128-bit codes, with a query tile staged in local memory.
kernel void hamming_pairs(global const ulong2 *query, global const ulong2 *ref,
                          global ushort *dist, uint nq, uint nr)
{
    local ulong2 tile[16];
    const uint r = get_global_id(0);
    const uint q0 = get_group_id(1) * 16;

    if (get_local_id(0) < 16 && get_local_id(1) == 0)
        tile[get_local_id(0)] = query[min(q0 + (uint)get_local_id(0), nq - 1)];
    barrier(CLK_LOCAL_MEM_FENCE);

    if (r < nr) {
        const ulong2 mine = ref[r];
        for (uint k = 0; k < 16 && q0 + k < nq; ++k) {
            const ulong2 p = popcount(mine ^ tile[k]);
            dist[(q0 + k) * nr + r] = (ushort)(p.x + p.y);
        }
    }
}
