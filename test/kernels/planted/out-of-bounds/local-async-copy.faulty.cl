__attribute__((reqd_work_group_size(16, 1, 1)))
kernel void copy_block(global const float *in, global float *out) {
  local float block[16];
  event_t e = async_work_group_copy(block, in + get_group_id(0) * 16, 17, 0);
  wait_group_events(1, &e);
  out[get_global_id(0)] = 2.0f * block[15 - get_local_id(0)];
}
