kernel void blend(global const int *a, global const int *b, global int *out) {
  int i = get_global_id(0);
  out[i] = a[i] * 2 - b[i];
}
