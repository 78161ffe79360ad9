kernel void fill(global const float *in, global float *out) {
  int i = get_global_id(0);
  float v = in[i] * 0.5f;
  v += 1.0f;
  out[i] = v;
}
