// Bracket nesting depth inside each work-group block of source text, via a local inclusive scan.
__kernel void bracket_depth(__global const char *src, __global short *depth, __global int *block_delta,
                            const uint n, __local int *buf)
{
    const uint lid = get_local_id(0), size = get_local_size(0), gid = get_global_id(0);

    int step = 0;
    if (gid < n) {
        switch (src[gid]) {
        case '(': case '[': case '{': step = 1; break;
        case ')': case ']': case '}': step = -1; break;
        default: break;
        }
    }

    uint in = 0;
    buf[lid] = step;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint d = 1; d < size; d *= 2) {
        const uint to = in ^ 1u;
        int v = buf[in * size + lid];
        if (lid >= d) v += buf[in * size + lid - d];
        buf[to * size + lid] = v;
        in = to;
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (gid < n) depth[gid] = (short)buf[in * size + lid];
    if (lid == size - 1) block_delta[get_group_id(0)] = buf[in * size + lid];
}
