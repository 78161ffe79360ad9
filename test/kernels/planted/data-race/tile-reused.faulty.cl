__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void two_passes(global const float *a, global const float *b, global float *out) {
  local float t[16];
  int l = get_local_id(0), g = get_global_id(0);
  t[l] = a[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  float first = t[15 - l];
  t[l] = b[g];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[g] = first + t[15 - l];
}
