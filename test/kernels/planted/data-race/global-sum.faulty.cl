kernel void total(global const int *in, global int *sum) {
  int i = get_global_id(0);
  sum[0] += in[i];
}
