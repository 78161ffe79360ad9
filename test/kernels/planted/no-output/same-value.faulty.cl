kernel void rewrite(global float *data) {
  int i = get_global_id(0);
  float v = data[i];
  data[i] = v;
}
