// Stable rank of each key among the keys with the same 2-bit digit inside a work-group.
__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void digit_ranks(__global const uint *keys, __global uint *rank, __global uint *digit_count,
                 const uint shift, const uint n)
{
    // four 8-bit counters per word; 128 items never overflow a byte
    __local uint counters[128];
    const uint lid = get_local_id(0);
    const uint gid = get_global_id(0);

    const bool live = gid < n;
    const uint digit = live ? (keys[gid] >> shift) & 3u : 0u;
    const uint mine = live ? 1u << (digit * 8u) : 0u;

    counters[lid] = mine;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint d = 1; d < 128; d <<= 1) {
        uint t = lid >= d ? counters[lid - d] : 0u;
        barrier(CLK_LOCAL_MEM_FENCE);
        counters[lid] += t;
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    const uint before = counters[lid] - mine;
    if (live)
        rank[gid] = (before >> (digit * 8u)) & 0xFFu;
    if (lid < 4)
        digit_count[get_group_id(0) * 4 + lid] = (counters[127] >> (lid * 8u)) & 0xFFu;
}
