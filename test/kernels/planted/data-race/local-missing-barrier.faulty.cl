__attribute__((reqd_work_group_size(64, 1, 1)))
kernel void reverse_block(global const float *in, global float *out) {
  local float t[64];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = in[g];
  out[g] = t[63 - l];
}
