// Exclusive scan of a 512-element tile: eight values per item in registers, tree over the 64 item totals.
kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void exclusive_tile(global const uint *src, global uint *dst, global uint *tile_total, const uint n)
{
    local uint total[64];
    const uint me = get_local_id(0);
    const uint first = get_group_id(0) * 512u + me * 8u;

    uint v[8], run = 0u;
    for (uint k = 0; k < 8; ++k) {
        const uint x = first + k < n ? src[first + k] : 0u;
        v[k] = run;
        run += x;
    }
    total[me] = run;

    /* climb: the last item of every 2d-wide segment collects its left half */
    for (uint d = 1; d < 64; d <<= 1) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if ((me & (2 * d - 1)) == 2 * d - 1)
            total[me] += total[me - d];
    }
    /* descend: midpoints inherit from the segment that ends just before them */
    for (uint d = 16; d > 0; d >>= 1) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if ((me & (2 * d - 1)) == d - 1 && me >= 2 * d)
            total[me] += total[me - d];
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    const uint carry = me ? total[me - 1] : 0u;
    for (uint k = 0; k < 8; ++k)
        if (first + k < n)
            dst[first + k] = carry + v[k];
    if (me == 63)
        tile_total[get_group_id(0)] = total[63];
}
