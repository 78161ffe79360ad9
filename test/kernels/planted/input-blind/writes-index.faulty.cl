kernel void ramp(global const int *in, global int *out) {
  int i = get_global_id(0);
  out[i] = 7 + 3 * i;
}
