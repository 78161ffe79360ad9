// Sorts each work-group sized tile of ints in local memory with a full bitonic network.
__kernel void sort_tile(__global int *data, const int n, __local int *tile)
{
    const int lid = get_local_id(0);
    const int size = get_local_size(0);   // must be a power of two
    const int gid = get_global_id(0);

    tile[lid] = (gid < n) ? data[gid] : INT_MAX;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int block = 2; block <= size; block <<= 1) {
        const int up = (lid & block) == 0;
        for (int stride = block >> 1; stride > 0; stride >>= 1) {
            const int mate = lid ^ stride;
            const int mine = tile[lid];
            const int other = tile[mate];
            barrier(CLK_LOCAL_MEM_FENCE);

            // the lower lane keeps the min when ascending, the max otherwise
            const int keep_min = ((lid < mate) == up);
            tile[lid] = keep_min ? min(mine, other) : max(mine, other);
            barrier(CLK_LOCAL_MEM_FENCE);
        }
    }

    if (gid < n)
        data[gid] = tile[lid];
}
