kernel void five_point(global const float *in, global float *out, int width, int height) {
  int x = get_global_id(0), y = get_global_id(1);
  if (x < 1 || y < 0 || x >= width - 1 || y >= height - 1) return;
  int c = y * width + x;
  out[c] = 0.25f * (in[c - 1] + in[c + 1] + in[c - width] + in[c + width]);
}
