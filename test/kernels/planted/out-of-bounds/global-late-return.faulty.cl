kernel void clamp_all(global int *data, int low, int high, uint count) {
  size_t i = get_global_id(0);
  if (i > count) return;
  data[i] = clamp(data[i], min(low, high), max(low, high));
}
