__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void rounds(global const int *in, global int *out) {
  local int t[16];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = in[g];
  for (int k = 0; k < l % 4; k++) {
    barrier(CLK_LOCAL_MEM_FENCE);
    t[l] += k;
  }
  out[g] = t[l];
}
