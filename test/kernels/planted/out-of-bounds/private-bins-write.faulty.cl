kernel void count_bits(global const uint *words, global uint *out, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint bins[8];
  for (int k = 0; k < 8; k++) bins[k] = 0;
  for (int bit = 0; bit < 32; bit++) bins[(bit + 4) / 4] += (words[i] >> bit) & 1;
  uint most = 0;
  for (int k = 0; k < 8; k++) most = max(most, bins[k]);
  out[i] = most;
}
