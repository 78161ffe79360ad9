kernel void double_up(global int *a) {
  int i = get_global_id(0);
  if (a[i] > 0) {
    a[i] *= 2;
  } else {
    a[i] -= 1;
  }
}
