kernel void checker(global uchar *image, uchar light, int width) {
  int x = get_global_id(0), y = get_global_id(1);
  image[y * width + x] = ((x + y) & 1) ? image[y * width + x] / 2 : 255;
}
