// Counts 8-mers of a DNA string into a 65536-bin table, skipping windows that hold unknown bases.
static int base_code(uchar c)
{
    switch (c & 0xDF) {
    case 'A': return 0;
    case 'C': return 1;
    case 'G': return 2;
    case 'T': return 3;
    default:  return -1;
    }
}

__kernel void kmer8_count(__global const uchar *seq, uint n, __global uint *table)
{
    const uint i = get_global_id(0);
    if (i + 8 > n) return;

    uint code = 0;
    for (int k = 0; k < 8; ++k) {
        const int b = base_code(seq[i + k]);
        if (b < 0) return;
        code = (code << 2) | (uint)b;
    }
    atomic_inc(&table[code]);
}
