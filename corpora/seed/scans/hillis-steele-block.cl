// Inclusive block scan by doubling offsets with ping-pong local buffers.
__kernel void scan_block(__global const int *in, __global int *out, __global int *block_sums,
                         __local int *ping, __local int *pong, const int n)
{
    const int lid = get_local_id(0);
    const int gid = get_global_id(0);
    const int size = get_local_size(0);

    ping[lid] = gid < n ? in[gid] : 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int offset = 1; offset < size; offset <<= 1) {
        pong[lid] = lid >= offset ? ping[lid] + ping[lid - offset] : ping[lid];
        barrier(CLK_LOCAL_MEM_FENCE);
        __local int *swap = ping;
        ping = pong;
        pong = swap;
    }

    if (gid < n)
        out[gid] = ping[lid];
    if (lid == size - 1)
        block_sums[get_group_id(0)] = ping[lid];
}
