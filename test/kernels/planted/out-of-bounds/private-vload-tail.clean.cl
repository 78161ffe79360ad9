kernel void pair_sums(global const float *in, global float4 *out) {
  int i = get_global_id(0);
  float t[8];
  for (int k = 0; k < 8; k++) t[k] = in[i] + k;
  float4 a = (float4)(t[0], t[1], t[2], t[3]);
  float4 b = (float4)(t[4], t[5], t[6], t[7]);
  out[i] = a * b;
}
