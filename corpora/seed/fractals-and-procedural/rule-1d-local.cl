// Runs several generations of an elementary cellular automaton inside local memory.
__kernel void wolfram_rule(__global const uchar *in, __global uchar *history,
                           const uint rule, const int generations, __local uchar *cells)
{
    const int lid = get_local_id(0);
    const int n = get_local_size(0);
    const size_t base = get_group_id(0) * (size_t)n;

    __local uchar *cur = cells;
    __local uchar *nxt = cells + n;
    cur[lid] = in[base + lid] & 1;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int g = 0; g < generations; ++g) {
        const int l = (lid == 0) ? n - 1 : lid - 1;
        const int r = (lid == n - 1) ? 0 : lid + 1;
        const uint pattern = (cur[l] << 2) | (cur[lid] << 1) | cur[r];
        nxt[lid] = (rule >> pattern) & 1;
        barrier(CLK_LOCAL_MEM_FENCE);

        __local uchar *t = cur; cur = nxt; nxt = t;
        history[((size_t)g * get_num_groups(0)) * n + base + lid] = cur[lid];
    }
}
