kernel void sum_steps(global const int *in, global int *out, int n) {
  int i = get_global_id(0);
  int sum = 0;
  for (int k = 0; k < n;) sum += in[i] + k;
  out[i] = sum;
}
