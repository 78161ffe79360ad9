// Unpacks fixed-width unsigned integers from a dense little-endian bit stream.
__kernel void bit_unpack(__global const uint *packed, __global uint *out,
                         const uint width,    /* 1..31 bits */
                         const uint base, const uint n)
{
    const uint i = get_global_id(0);
    if (i >= n) return;

    const ulong bit = (ulong)i * width;
    const uint word = (uint)(bit >> 5);
    const uint shift = (uint)bit & 31u;

    uint v = packed[word] >> shift;
    if (shift + width > 32u)
        v |= packed[word + 1] << (32u - shift);
    out[i] = base + (v & ((1u << width) - 1u));
}
