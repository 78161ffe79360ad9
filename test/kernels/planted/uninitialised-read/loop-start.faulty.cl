kernel void powers(global const float *in, global float *out, int n) {
  int i = get_global_id(0);
  if (i >= n) return;
  float power;
  float sum = 0.0f;
  for (int k = 0; k < 6; k++) {
    sum += power;
    power *= in[i];
  }
  out[i] = sum;
}
