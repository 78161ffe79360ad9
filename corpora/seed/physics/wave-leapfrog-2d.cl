// Second-order wave equation step with an absorbing sponge near the edges.
kernel void wave_step(global const float *prev, global const float *curr, global float *next,
            const int nx, const int ny, const float courant2, const int sponge)
{
  const int i = get_global_id(0), j = get_global_id(1);
  if (i <= 0 || j <= 0 || i >= nx - 1 || j >= ny - 1) return;

  const int c = i + j * nx;
  const float lap = curr[c + 1] + curr[c - 1] + curr[c + nx] + curr[c - nx] - 4.f * curr[c];

  const int dist = min(min(i, nx - 1 - i), min(j, ny - 1 - j));
  const float damp = dist < sponge ? 1.f - 0.05f * (float)(sponge - dist) / (float)sponge : 1.f;

  next[c] = damp * (2.f * curr[c] - damp * prev[c] + courant2 * lap);
}
