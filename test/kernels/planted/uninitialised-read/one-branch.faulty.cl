kernel void sign_scale(global const float *in, global float *out) {
  int i = get_global_id(0);
  float factor;
  if (i % 3 == 0) factor = 2.0f;
  out[i] = in[i] * factor;
}
