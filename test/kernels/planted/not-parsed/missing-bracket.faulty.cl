kernel void invert(global const float *in, global float *out) {
  int i = get_global_id(0);
  out[i] = 1.0f / (in[i + 2.0f);
}
