// XTEA encryption of independent 64-bit blocks.
__kernel void xtea_encrypt(__global uint2 *block, __constant uint *key, uint count)
{
    size_t i = get_global_id(0);
    if (i >= count) return;

    uint2 v = block[i];
    uint sum = 0;
    for (int round = 0; round < 32; round++) {
        v.x += (((v.y << 4) ^ (v.y >> 5)) + v.y) ^ (sum + key[sum & 3]);
        sum += 0x9E3779B9;
        v.y += (((v.x << 4) ^ (v.x >> 5)) + v.x) ^ (sum + key[(sum >> 11) & 3]);
    }
    block[i] = v;
}
