__attribute__((reqd_work_group_size(8, 8, 1)))
kernel void column_pairs(global const float *in, global float *out, int width) {
  local float tile[9][8];
  int x = get_local_id(0), y = get_local_id(1);
  int at = get_global_id(1) * width + get_global_id(0);
  tile[y][x] = in[at];
  if (y == 0) tile[8][x] = 0.0f;
  barrier(CLK_LOCAL_MEM_FENCE);
  out[at] = tile[y][x] + tile[y + 1][x];
}
