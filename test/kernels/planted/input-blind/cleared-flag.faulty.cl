kernel void all_equal(global const int *a, global int *flag, const int n) {
  const int i = get_global_id(0);
  if (i < n) atomic_and(flag, 0);
}
