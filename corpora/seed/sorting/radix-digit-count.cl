// Per-group histogram of one 4-bit radix digit, written digit-major for the later scan.
#define RADIX_BITS 4
#define RADIX      (1 << RADIX_BITS)

__kernel void radix_digit_count(__global const uint *keys,
                                __global uint *counts,
                                const uint n,
                                const uint shift)
{
    __local uint bins[RADIX];

    const uint lid = get_local_id(0);
    const uint grp = get_group_id(0);
    const uint ngrp = get_num_groups(0);

    for (uint b = lid; b < RADIX; b += get_local_size(0))
        bins[b] = 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint i = get_global_id(0); i < n; i += get_global_size(0))
        atomic_inc(&bins[(keys[i] >> shift) & (RADIX - 1)]);
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint b = lid; b < RADIX; b += get_local_size(0))
        counts[b * ngrp + grp] = bins[b];
}
