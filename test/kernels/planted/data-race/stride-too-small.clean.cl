kernel void write_pairs(global const float *in, global float *out) {
  int i = get_global_id(0);
  out[2 * i] = in[i];
  out[2 * i + 1] = -in[i];
}
