// Nibble substitution followed by a 64-bit bit permutation, several rounds with xor-ed round keys.
constant uchar sbox4[16] = { 12, 5, 6, 11, 9, 0, 10, 13, 3, 14, 15, 8, 4, 7, 1, 2 };

kernel void sp_rounds(global ulong *state, constant ulong *roundKeys, int rounds, int n)
{
    int id = get_global_id(0);
    if (id >= n) return;
    ulong s = state[id];

    for (int r = 0; r < rounds; r++) {
        s ^= roundKeys[r];

        ulong sub = 0;
        for (int nib = 0; nib < 64; nib += 4)
            sub |= (ulong)sbox4[(s >> nib) & 15] << nib;

        s = 0;
        for (int bit = 0; bit < 63; bit++)
            s |= ((sub >> bit) & 1UL) << ((bit * 16) % 63);
        s |= sub & (1UL << 63);
    }
    state[id] = s ^ roundKeys[rounds];
}
