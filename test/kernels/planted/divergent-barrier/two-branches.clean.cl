__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void two_roles(global const int *in, global int *out) {
  local int t[16];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = in[g];
  if (get_group_id(0) % 2 == 0) {
    barrier(CLK_LOCAL_MEM_FENCE);
    out[g] = t[15 - l];
  } else {
    out[g] = t[l];
  }
}
