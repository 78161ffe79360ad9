kernel void add_vectors(global const float4 *a, global const float4 *b, global float4 *out) {
  int i = get_global_id(0);
  out[i] = a[i] + b[i];
}
