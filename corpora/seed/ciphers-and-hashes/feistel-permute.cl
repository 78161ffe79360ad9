// Permutes indices with a small balanced Feistel network and cycle walking (a keyed shuffle).
static uint round_f(uint half_block, uint key)
{
    uint v = (half_block + key) * 0x85ebca6bu;
    return (v ^ (v >> 13)) & 0xffffu;
}

kernel void feistel_shuffle(global const float *src, global float *dst, uint n,
                            uint4 key, uint half_bits)
{
    uint i = get_global_id(0);
    if (i >= n) return;

    const uint mask = (1u << half_bits) - 1u;
    uint x = i;
    do {
        uint l = x >> half_bits, r = x & mask;
        uint t;
        t = l ^ (round_f(r, key.x) & mask); l = r; r = t;
        t = l ^ (round_f(r, key.y) & mask); l = r; r = t;
        t = l ^ (round_f(r, key.z) & mask); l = r; r = t;
        t = l ^ (round_f(r, key.w) & mask); l = r; r = t;
        x = (l << half_bits) | r;
    } while (x >= n);    /* n <= 4^half_bits, so the walk returns into range */

    dst[x] = src[i];
}
