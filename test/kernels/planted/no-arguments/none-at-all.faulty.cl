kernel void identity(void) {
  int i = get_global_id(0);
}
