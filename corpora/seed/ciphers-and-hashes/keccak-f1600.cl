// Keccak-f[1600] permutation over independent 25-lane states stored lane-major.
__constant ulong RC[24] = {
    0x0000000000000001UL, 0x0000000000008082UL, 0x800000000000808aUL, 0x8000000080008000UL,
    0x000000000000808bUL, 0x0000000080000001UL, 0x8000000080008081UL, 0x8000000000008009UL,
    0x000000000000008aUL, 0x0000000000000088UL, 0x0000000080008009UL, 0x000000008000000aUL,
    0x000000008000808bUL, 0x800000000000008bUL, 0x8000000000008089UL, 0x8000000000008003UL,
    0x8000000000008002UL, 0x8000000000000080UL, 0x000000000000800aUL, 0x800000008000000aUL,
    0x8000000080008081UL, 0x8000000000008080UL, 0x0000000080000001UL, 0x8000000080008008UL
};

__kernel void keccak_f(__global ulong* lanes, const uint states)
{
    const uint id = get_global_id(0);
    if (id >= states) return;

    ulong a[25];
    for (uint i = 0; i < 25; ++i)
        a[i] = lanes[i * states + id];

    for (uint round = 0; round < 24; ++round) {
        /* theta */
        ulong col[5];
        for (int x = 0; x < 5; ++x)
            col[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; ++x) {
            const ulong d = col[(x + 4) % 5] ^ rotate(col[(x + 1) % 5], 1UL);
            for (int y = 0; y < 25; y += 5)
                a[y + x] ^= d;
        }

        /* rho and pi, walking the single 24-lane cycle */
        ulong carry = a[1];
        int x = 1, y = 0;
        for (ulong t = 0; t < 24; ++t) {
            const int ny = (2 * x + 3 * y) % 5;
            x = y;
            y = ny;
            const ulong held = a[5 * y + x];
            a[5 * y + x] = rotate(carry, ((t + 1) * (t + 2) / 2) & 63UL);
            carry = held;
        }

        /* chi */
        for (int r = 0; r < 25; r += 5) {
            const ulong b0 = a[r], b1 = a[r + 1];
            for (int c = 0; c < 3; ++c)
                a[r + c] ^= ~a[r + c + 1] & a[r + c + 2];
            a[r + 3] ^= ~a[r + 4] & b0;
            a[r + 4] ^= ~b0 & b1;
        }

        a[0] ^= RC[round];
    }

    for (uint i = 0; i < 25; ++i)
        lanes[i * states + id] = a[i];
}
