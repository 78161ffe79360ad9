__attribute__((reqd_work_group_size(8, 1, 1)))
kernel void leader(global const float *in, global float *out) {
  local float base;
  int l = get_local_id(0), g = get_global_id(0);
  out[g] = in[g];
  if (l == 0) {
    base = in[g];
    barrier(CLK_LOCAL_MEM_FENCE);
    out[g] = base + 1.0f;
  }
}
