kernel void centre(global const uint *in, global uint *out) {
  int i = get_global_id(0);
  uint v = in[i] * 17u;
  out[i] = v - in[i] * 16u;
}
