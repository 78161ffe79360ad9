kernel void difference(global const float *in, global float *out) {
  int i = get_global_id(0);
  float left = i > 0 ? in[i - 1] : 0.0f;
  out[i] = in[i] - left;
}
