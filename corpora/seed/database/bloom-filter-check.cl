// Tests keys against a blocked Bloom filter (one 256-bit block per key, eight probes).
__constant uint SALT[8] = {
    0x47b6137bu, 0x44974d91u, 0x8824ad5bu, 0xa2b7289du,
    0x705495c7u, 0x2df1424bu, 0x9efc4947u, 0x5c6bfb31u
};

__kernel void bloom_check(__global const ulong *keys, __global const uint8 *blocks,
                          const uint nblocks, __global uchar *maybe, const uint n)
{
    const uint i = get_global_id(0);
    if (i >= n) return;

    ulong h = keys[i] * 0xD6E8FEB86659FD93UL;
    h ^= h >> 32;
    const uint blk = mul_hi((uint)(h >> 32), nblocks);
    const uint8 probe = (uint8)1u << (((uint)h * vload8(0, SALT)) >> 27);
    maybe[i] = all((blocks[blk] & probe) == probe) ? 1 : 0;
}
