// Right-looking Cholesky: scales column k and updates the trailing lower triangle in two kernels.
kernel void chol_scale(global float *L, const int n, const int k)
{
  const int i = get_global_id(0) + k + 1;
  if (i >= n) return;
  /* the host takes the square root of the pivot before this launch */
  L[i * n + k] /= L[k * n + k];
}

kernel void chol_update(global float *L, const int n, const int k)
{
  const int j = get_global_id(0) + k + 1;
  const int i = get_global_id(1) + k + 1;
  if (i >= n || j > i) return;
  L[i * n + j] -= L[i * n + k] * L[j * n + k];
}
