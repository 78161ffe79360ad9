__attribute__((reqd_work_group_size(64, 1, 1)))
kernel void shift_tile(global const float *in, global float *out) {
  local float tile[64];
  int l = get_local_id(0), g = get_global_id(0);
  tile[l + 1] = in[g];
  if (l == 0) tile[0] = 0.0f;
  barrier(CLK_LOCAL_MEM_FENCE);
  out[g] = tile[l] - tile[l + 1];
}
