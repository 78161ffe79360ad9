// Metropolis update of one sublattice of a 2-D Ising model with a xorshift stream per site.
uint xorshift32(uint s)
{
  s ^= s << 13;
  s ^= s >> 17;
  s ^= s << 5;
  return s;
}

__kernel void ising_half_sweep(__global char *spin, __global uint *rng,
                 __constant float *accept,   /* acceptance for dE = 0, 4, 8 */
                 const int L, const int parity)
{
  const int half_x = get_global_id(0);
  const int y = get_global_id(1);
  const int x = 2 * half_x + ((y + parity) & 1);
  if (x >= L || y >= L || (L & 1))
    return;

  const int left = x == 0 ? L - 1 : x - 1;
  const int right = x == L - 1 ? 0 : x + 1;
  const int up = y == 0 ? L - 1 : y - 1;
  const int down = y == L - 1 ? 0 : y + 1;

  const int me = y * L + x;
  const int field = spin[y * L + left] + spin[y * L + right]
          + spin[up * L + x] + spin[down * L + x];
  const int dE = 2 * spin[me] * field;

  const uint s = xorshift32(rng[me]);
  rng[me] = s;

  bool flip = dE <= 0;
  if (!flip) {
    const float u = (float)(s >> 8) * 0x1.0p-24f;
    flip = u < accept[dE >> 2];
  }
  if (flip)
    spin[me] = -spin[me];
}
