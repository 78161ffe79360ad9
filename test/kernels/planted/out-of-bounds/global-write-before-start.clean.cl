kernel void shift_left(global const int *in, global int *out) {
  int i = get_global_id(0);
  if (i > 0) out[i - 1] = in[i];
}
