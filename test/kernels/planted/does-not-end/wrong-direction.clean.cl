kernel void descend(global const int *in, global int *out) {
  int i = get_global_id(0);
  int v = in[i] & 63;
  int steps = 0;
  while (v != 0) {
    v = v & (v - 1);
    steps++;
  }
  out[i] = steps + in[i];
}
