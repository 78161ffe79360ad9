// In-place Walsh-Hadamard transform of one 2^k block per work-group.
__kernel void fwht_block(__global int *data, __local int *blk, const int log2len)
{
    const int len = 1 << log2len;
    const int lid = get_local_id(0), lsz = get_local_size(0);
    __global int *mine = data + (size_t)get_group_id(0) * len;

    for (int i = lid; i < len; i += lsz) blk[i] = mine[i];

    for (int h = 1; h < len; h <<= 1) {
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int b = lid; b < len / 2; b += lsz) {
            int lo = ((b & ~(h - 1)) << 1) | (b & (h - 1));
            int u = blk[lo], v = blk[lo + h];
            blk[lo] = u + v;
            blk[lo + h] = u - v;
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = lid; i < len; i += lsz) mine[i] = blk[i];
}
