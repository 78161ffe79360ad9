__attribute__((reqd_work_group_size(32, 1, 1)))
kernel void mirror(global const int *in, global int *out) {
  local int t[32];
  int l = get_local_id(0), g = get_global_id(0);
  if (l < 16) t[l] = in[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[g] = t[31 - l];
}
