// Conway's Life on 32 cells per word using bit-sliced adders.
static void add3(uint a, uint b, uint c, uint *s, uint *carry)
{
    const uint x = a ^ b;
    *s = x ^ c;
    *carry = (a & b) | (x & c);
}

static void row_sum(__global const uint *row, uint w, uint words, uint *s, uint *c)
{
    const uint mid = row[w];
    const uint prev = w > 0 ? row[w - 1] : 0u;
    const uint next = w + 1 < words ? row[w + 1] : 0u;
    add3((mid << 1) | (prev >> 31), mid, (mid >> 1) | (next << 31), s, c);
}

__kernel void life_bits(__global const uint *src, __global uint *dst, const uint words, const uint rows)
{
    const uint w = get_global_id(0);
    const uint y = get_global_id(1);
    if (w >= words || y == 0 || y + 1 >= rows) return;     // border rows stay dead

    uint s0, c0, s1, c1, s2, c2;
    row_sum(src + (y - 1) * words, w, words, &s0, &c0);
    row_sum(src + y * words, w, words, &s1, &c1);
    row_sum(src + (y + 1) * words, w, words, &s2, &c2);

    // total including the centre cell, as bits t0 + 2*t1 + 4*t2 (+8 when t3)
    uint t0, k0, u, k1;
    add3(s0, s1, s2, &t0, &k0);
    add3(c0, c1, c2, &u, &k1);
    const uint t1 = u ^ k0;
    const uint k2 = u & k0;
    const uint t2 = k1 ^ k2;
    const uint t3 = k1 & k2;

    const uint three = t0 & t1 & ~t2 & ~t3;
    const uint four = ~t0 & ~t1 & t2 & ~t3;
    dst[y * words + w] = three | (four & src[y * words + w]);
}
