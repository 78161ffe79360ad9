kernel void sum_odd(global const int *in, global int *out) {
  int i = get_global_id(0);
  int k = 0, sum = 0;
  while (k < 12) {
    k++;
    if (k % 2 == 0) continue;
    sum += in[i] * k;
  }
  out[i] = sum;
}
