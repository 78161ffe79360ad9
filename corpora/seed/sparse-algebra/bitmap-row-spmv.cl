// Product with a 64-column-wide bitmap matrix: values are packed and located with popcount.
__kernel void bitmap_spmv(__global const ulong *mask, __global const uint *val_off,
              __global const float *packed, __global const float *x64,
              __global float *y, uint rows)
{
  uint r = get_global_id(0);
  if (r >= rows) return;

  ulong m = mask[r];
  uint v = val_off[r];
  float sum = 0.0f;
  while (m != 0) {
    uint bit = (uint)popcount((m & (~m + 1)) - 1);
    sum += packed[v++] * x64[bit];
    m &= m - 1;
  }
  y[r] = sum;
}
