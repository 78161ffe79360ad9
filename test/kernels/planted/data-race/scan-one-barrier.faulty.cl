__attribute__((reqd_work_group_size(32, 1, 1)))
kernel void block_scan(global const int *in, global int *out) {
  local int t[32];
  int l = get_local_id(0);
  t[l] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int d = 1; d < 32; d <<= 1) {
    int add = l >= d ? t[l - d] : 0;
    t[l] += add;
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  out[get_global_id(0)] = t[l];
}
