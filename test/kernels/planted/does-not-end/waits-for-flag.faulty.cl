kernel void wait_turn(global volatile int *flag, global const int *in, global int *out) {
  int i = get_global_id(0);
  int tries = 0;
  while (flag[0] == flag[0]) tries++;
  out[i] = in[i] + tries;
}
