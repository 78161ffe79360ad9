kernel void horner(global const float *x, global float *y, int n) {
  int i = get_global_id(0);
  if (i >= n) return;
  float c[8];
  for (int k = 0; k < 8; k++) c[k] = 1.0f / (k + 1);
  float v = 0.0f;
  for (int k = 7; k >= 0; --k) v = v * x[i] + c[k];
  y[i] = v;
}
