kernel void window_max(global const int *in, global int *out) {
  int i = get_global_id(0);
  int best = in[i];
  for (int k = 0; k < 5; k++) if (in[i + k] > best) best = in[i + k];
  out[i] = best;
}
