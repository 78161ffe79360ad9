kernel void vertical_gradient(global const float *in, global float *out, int width, int height) {
  int x = get_global_id(0), y = get_global_id(1);
  if (x >= width || y >= height) return;
  float above = y > 0 ? in[(y - 1) * width + x] : in[y * width + x];
  out[y * width + x] = in[y * width + x] - above;
}
