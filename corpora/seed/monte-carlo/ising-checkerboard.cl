// Updates one colour of a 2-D Ising lattice stored as signed bytes with periodic edges.
uint pcg_hash(uint v)
{
    uint s = v * 747796405u + 2891336453u;
    uint w = ((s >> ((s >> 28u) + 4u)) ^ s) * 277803737u;
    return (w >> 22u) ^ w;
}

__kernel void ising_half_sweep(__global char *spin, int w, int h, int parity,
                               float beta, uint sweep)
{
    const int y = get_global_id(1);
    const int x = 2 * get_global_id(0) + ((y + parity) & 1);
    if (x >= w || y >= h) return;          /* w and h are even */

    const int l = x == 0 ? w - 1 : x - 1;
    const int r = x == w - 1 ? 0 : x + 1;
    const int u = y == 0 ? h - 1 : y - 1;
    const int d = y == h - 1 ? 0 : y + 1;

    const int s = spin[y * w + x];
    const int field = spin[y * w + l] + spin[y * w + r] + spin[u * w + x] + spin[d * w + x];
    const int dE = 2 * s * field;

    const uint rnd = pcg_hash(pcg_hash(sweep) ^ (uint)(y * w + x));
    const float p = (rnd >> 8) * 0x1p-24f;
    if (dE <= 0 || p < native_exp(-beta * dE))
        spin[y * w + x] = (char)-s;
}
