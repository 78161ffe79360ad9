kernel void norm(global const float *x, global float *out) {
  int i = get_global_id(0);
  float length = sqrt(x[i] * x[i] + 1.0f);
  out[i] = length;
}
