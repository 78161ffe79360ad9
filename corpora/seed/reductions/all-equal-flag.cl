// Clears a flag when any element differs from the first one.
__kernel void all_equal(__global const long *a, __global int *flag, ulong n)
{
  ulong i = get_global_id(0);
  if (i < n && a[i] != a[0])
    atomic_and(flag, 0);
}
