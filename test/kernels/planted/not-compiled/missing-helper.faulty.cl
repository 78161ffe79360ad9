kernel void halve(global float *a) {
  int i = get_global_id(0);
  a[i] = half_of(a[i]);
}
