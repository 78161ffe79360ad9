// GROUP BY SUM with few groups: privatised local accumulators flushed by integer atomics.
__kernel void group_sum(__global const uchar* groupId, __global const int* amount,
                        __global int* totals, __global uint* counts,
                        const uint rows, const uint groups,
                        __local int* lTotal, __local uint* lCount)
{
    const uint lid = get_local_id(0);
    const uint lsz = get_local_size(0);

    for (uint g = lid; g < groups; g += lsz) { lTotal[g] = 0; lCount[g] = 0; }
    barrier(CLK_LOCAL_MEM_FENCE);

    const uint stride = get_global_size(0);
    for (uint r = get_global_id(0); r < rows; r += stride) {
        const uint g = groupId[r];
        if (g < groups) {
            atomic_add(&lTotal[g], amount[r]);
            atomic_inc(&lCount[g]);
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint g = lid; g < groups; g += lsz) {
        if (lCount[g] != 0) {
            atomic_add(&totals[g], lTotal[g]);
            atomic_add(&counts[g], lCount[g]);
        }
    }
}
