__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void stage(global const float *in, global float *out) {
  local float t[16];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = in[g] + 1.0f;
  barrier(CLK_LOCAL_MEM_FENCE);
  t[l] += out[g];
}
