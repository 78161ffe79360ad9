kernel void first_power(global const int *in, global int *out) {
  int i = get_global_id(0);
  int p = 1;
  while (p < 1000) p *= 2;
  out[i] = in[i] % p;
}
