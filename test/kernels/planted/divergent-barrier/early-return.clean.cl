__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void sum_pairs(global const float *in, global float *out) {
  local float t[16];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = in[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l >= 15) return;
  out[g] = t[l] + t[l + 1];
}
