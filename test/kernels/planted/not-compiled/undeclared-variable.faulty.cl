kernel void add(global const float *a, global float *out) {
  int i = get_global_id(0);
  out[i] = a[i] + bias;
}
