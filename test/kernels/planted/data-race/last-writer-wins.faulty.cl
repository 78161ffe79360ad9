kernel void last_index(global const int *in, global int *found) {
  int i = get_global_id(0);
  if (in[i] >= 0) *found = i + in[i];
}
