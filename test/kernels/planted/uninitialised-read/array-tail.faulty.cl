kernel void small_sort(global const float *in, global float *out) {
  int i = get_global_id(0);
  float t[6];
  for (int k = 0; k < 5; k++) t[k] = in[i] * k;
  float sum = 0.0f;
  for (int k = 0; k < 6; k++) sum += t[k];
  out[i] = sum;
}
