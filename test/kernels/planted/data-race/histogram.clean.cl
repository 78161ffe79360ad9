kernel void histogram(global const uint *in, global uint *bins) {
  uint v = in[get_global_id(0)] & 15u;
  atomic_inc(&bins[v]);
}
