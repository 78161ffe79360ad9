kernel void write_pairs(global const float *in, global float *out) {
  int i = get_global_id(0);
  out[i] = in[i];
  out[i + 1] = -in[i];
}
