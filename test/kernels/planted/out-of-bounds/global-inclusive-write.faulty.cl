kernel void scale(global const float *in, global float *out, float a, int n) {
  int i = get_global_id(0);
  if (i <= n) out[i] = a * in[i];
}
