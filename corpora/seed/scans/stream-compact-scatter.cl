// Scatters elements with a set flag to the slots given by an exclusive scan of the flags.
__kernel void compact_scatter(__global const float4 *items,
                              __global const uint *flags,
                              __global const uint *slots,
                              __global float4 *packed,
                              __global uint *packed_count,
                              uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;

    if (flags[i])
        packed[slots[i]] = items[i];
    if (i == n - 1)
        *packed_count = slots[i] + (flags[i] ? 1u : 0u);
}
