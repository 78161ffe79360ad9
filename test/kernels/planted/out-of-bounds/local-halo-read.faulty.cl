__attribute__((reqd_work_group_size(32, 1, 1)))
kernel void forward_difference(global const int *in, global int *out) {
  local int tile[32];
  int l = get_local_id(0), g = get_global_id(0);
  tile[l] = in[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[g] = l < 32 ? tile[l + 1] - tile[l] : 0;
}
