// Counts set bits over a uint array with one global atomic per work-item.
__kernel void popcount_total(__global const uint *words, __global uint *total, const uint n)
{
    uint acc = 0;
    for (uint i = get_global_id(0); i < n; i += get_global_size(0))
        acc += popcount(words[i]);
    if (acc)
        atomic_add(total, acc);
}
