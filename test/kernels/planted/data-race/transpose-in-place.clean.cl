kernel void transpose(global float *m, int n) {
  int x = get_global_id(0), y = get_global_id(1);
  if (x >= n || y >= n || x >= y) return;
  float upper = m[y * n + x];
  m[y * n + x] = m[x * n + y];
  m[x * n + y] = upper;
}
