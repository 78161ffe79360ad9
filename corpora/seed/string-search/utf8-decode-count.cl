// Code points per fixed block of UTF-8: every byte that is not a continuation byte starts one.
__kernel void utf8_count(__global const uint *words, __global uint *count, uint wordsPerBlock, uint blocks)
{
    uint b = get_global_id(0);
    if (b >= blocks) return;

    uint starts = 0;
    for (uint w = b * wordsPerBlock, e = w + wordsPerBlock; w < e; ++w) {
        uint v = words[w];
        uint cont = (v >> 7) & ~(v >> 6) & 0x01010101u;
        starts += 4 - popcount(cont);
    }
    count[b] = starts;
}
