kernel void lower_bound(global const float *sorted, global const float *keys, global int *out, int n) {
  int i = get_global_id(0);
  int low = 0, high = n;
  while (low < high) {
    int middle = (low + high) / 2;
    if (sorted[middle] < keys[i]) low = middle + 1;
    else high = middle;
  }
  out[i] = low;
}
