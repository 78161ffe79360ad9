kernel void mark(global uint *data, uint n) {
  uint i = get_global_id(0);
  if (i < n && i % 2 == 2) data[i] = ~data[i];
}
