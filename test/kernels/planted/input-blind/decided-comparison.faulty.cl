kernel void flags(global const uint *in, global uint *out) {
  int i = get_global_id(0);
  out[i] = in[i] % 5u < 5u ? 1u : 0u;
}
