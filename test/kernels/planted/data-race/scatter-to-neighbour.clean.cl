kernel void push_flow(global const float *flow, global float *left, global float *right) {
  int i = get_global_id(0);
  left[i] = 0.5f * flow[i];
  right[i + 1] = 0.5f * flow[i];
}
