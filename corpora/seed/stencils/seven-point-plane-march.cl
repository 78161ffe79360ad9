// Seven-point 3-D stencil that marches along z keeping three planes worth of values in registers.
__kernel void march7(__global const float * restrict A,
                     __global float * restrict B,
                     const int nx, const int ny, const int nz,
                     const float c0, const float c1)
{
  const int i = get_global_id(0) + 1;
  const int j = get_global_id(1) + 1;
  if (i > nx - 2 || j > ny - 2 || nz < 3) return;

  const int slab = nx * ny;
  int p = j * nx + i;

  float below = A[p];
  float here  = A[p + slab];

  for (int k = 1; k < nz - 1; ++k) {
    p += slab;
    const float above = A[p + slab];
    float s = below + above;
    s += A[p - 1] + A[p + 1];
    s += A[p - nx] + A[p + nx];
    B[p] = fma(c1, s, c0 * here);
    below = here;
    here = above;
  }
}
