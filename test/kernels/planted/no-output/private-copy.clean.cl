kernel void increment(global int *data) {
  int i = get_global_id(0);
  int value = data[i];
  value += 1;
  data[i] = value;
}
