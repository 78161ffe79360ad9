__attribute__((reqd_work_group_size(32, 1, 1)))
kernel void block_sum(global const int *in, global int *out) {
  local int t[32];
  int l = get_local_id(0);
  t[l] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int s = 16; s > 0; s >>= 1) {
    if (l < s) t[l] += t[l + s];
  }
  if (l == 0) out[get_group_id(0)] = t[0];
}
