// Decodes a stream of LEB128 integers: flags value ends, then decodes from scanned indices in a second kernel.
__kernel void varint_mark_ends(__global const uchar *bytes, __global uint *is_end, const uint n)
{
    const uint i = get_global_id(0);
    if (i < n)
        is_end[i] = (bytes[i] >> 7) ^ 1u;
}

__kernel void varint_decode(__global const uchar *bytes,
                            __global const uint *end_rank,     /* exclusive scan of is_end */
                            __global ulong *values,
                            const uint n)
{
    const uint i = get_global_id(0);
    if (i >= n || (bytes[i] & 0x80))
        return;

    /* walk back to the first byte of this value, at most ten bytes */
    uint first = i;
    while (first > 0 && i - first < 9 && (bytes[first - 1] & 0x80))
        --first;

    ulong v = 0;
    uint shift = 0;
    for (uint k = first; k <= i; ++k, shift += 7)
        v |= (ulong)(bytes[k] & 0x7F) << (shift & 63u);
    values[end_rank[i]] = v;
}
