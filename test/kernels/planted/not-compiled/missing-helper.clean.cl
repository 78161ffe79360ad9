float half_of(float v) { return 0.5f * v; }
kernel void halve(global float *a) {
  int i = get_global_id(0);
  a[i] = half_of(a[i]);
}
