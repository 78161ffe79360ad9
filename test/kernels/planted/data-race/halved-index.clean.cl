kernel void pair_max(global const float *in, global float *out) {
  int i = get_global_id(0);
  out[i] = fmax(in[2 * i], in[2 * i + 1]);
}
