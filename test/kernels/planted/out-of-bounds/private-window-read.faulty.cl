kernel void box_average(global const float *in, global float *out, int n) {
  int i = get_global_id(0);
  if (i >= n) return;
  float window[4];
  for (int k = 0; k < 4; k++) window[k] = in[i + k];
  float sum = 0.0f;
  for (int k = 0; k <= 4; k++) sum += window[k];
  out[i] = sum * 0.25f;
}
