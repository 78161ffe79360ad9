// Counting sort of one byte string per work-group, histogram and prefix held in local memory.
__kernel void counting_sort_bytes(__global const uchar *restrict src,
                                  __global uchar *restrict dst,
                                  const uint len,
                                  const uint strings)
{
    __local uint hist[256];
    __local uint start[257];
    const uint lid = get_local_id(0), lsz = get_local_size(0);
    const uint s = get_group_id(0);

    for (uint b = lid; b < 256; b += lsz) hist[b] = 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    if (s < strings)
        for (uint i = lid; i < len; i += lsz)
            atomic_add(&hist[src[(size_t)s * len + i]], 1u);
    barrier(CLK_LOCAL_MEM_FENCE);

    /* 256 bins only: a serial prefix is cheap enough */
    if (lid == 0) {
        uint run = 0;
        for (int b = 0; b < 256; ++b) {
            start[b] = run;
            run += hist[b];
        }
        start[256] = run;
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    if (s < strings) {
        for (uint b = lid; b < 256; b += lsz)
            for (uint k = start[b]; k < start[b + 1]; ++k)
                dst[(size_t)s * len + k] = (uchar)b;
    }
}
