__attribute__((reqd_work_group_size(32, 1, 1)))
kernel void suffix_pairs(global const uint *in, global uint *out) {
  local uint t[32];
  int l = get_local_id(0);
  t[l] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  uint sum = 0;
  for (int k = l; k <= 32; k++) sum += t[k];
  out[get_global_id(0)] = sum;
}
