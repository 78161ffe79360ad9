constant uchar order[8] = {3, 1, 4, 0, 5, 7, 2, 6};
kernel void shuffle_bytes(global const uchar *in, global uchar *out) {
  int i = get_global_id(0);
  out[i] = in[i] ^ order[(i * 5 + 2) & 15];
}
