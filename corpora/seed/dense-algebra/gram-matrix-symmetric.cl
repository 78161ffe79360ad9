// Gram matrix G = X * X^T, computing the upper triangle and mirroring it.
kernel void gram(global const float *X, global float *G, const int items, const int dims)
{
  const int i = get_global_id(1);
  const int j = get_global_id(0);
  if (i >= items || j >= items || j < i) return;

  global const float *p = X + i * dims, *q = X + j * dims;
  float s = 0.f;
  int d = 0;
  for (; d + 4 <= dims; d += 4)
    s += dot(vload4(0, p + d), vload4(0, q + d));
  for (; d < dims; ++d)
    s += p[d] * q[d];

  G[i * items + j] = s;
  if (i != j) G[j * items + i] = s;
}
