constant float weights[5] = {0.1f, 0.2f, 0.4f, 0.2f, 0.1f};
kernel void smooth(global const float *in, global float *out, int n) {
  int i = get_global_id(0);
  if (i >= n) return;
  float sum = 0.0f;
  for (int k = 0; k < 6; k++) sum += weights[k] * in[i + k];
  out[i] = sum;
}
