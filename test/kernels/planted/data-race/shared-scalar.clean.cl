__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void broadcast(global const int *in, global int *out) {
  local int pivot;
  int g = get_global_id(0);
  if (get_local_id(0) == 0) pivot = in[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[g] = in[g] - pivot;
}
