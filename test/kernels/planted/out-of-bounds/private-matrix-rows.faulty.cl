kernel void rotate_points(global const float *in, global float *out) {
  int i = get_global_id(0);
  float m[2][2] = {{0.6f, 0.8f}, {-0.8f, 0.6f}};
  float x = in[2 * i], y = in[2 * i + 1];
  for (int r = 0; r < 2; r++) out[2 * i + r] = m[r][0] * x + m[r + 1][1] * y;
}
