kernel void checker(global uchar *image) {
  int x = get_global_id(0), y = get_global_id(1);
  image[y * 64 + x] = ((x + y) & 1) ? 127 : 255;
}
