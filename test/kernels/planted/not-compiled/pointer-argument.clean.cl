float first(global const float *p) { return p[0]; }
kernel void take_first(global const float *a, global float *out) {
  out[get_global_id(0)] = first(a + get_global_id(0));
}
