kernel void row_sum(global const float *m, global float *out, int columns) {
  int r = get_global_id(0);
  float sum;
  for (int c = 0; c < columns; c++) sum += m[r * columns + c];
  out[r] = sum;
}
