kernel void total(global const int *in, global int *sum) {
  int i = get_global_id(0);
  atomic_add(&sum[0], in[i]);
}
