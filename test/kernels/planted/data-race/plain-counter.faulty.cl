kernel void count_positive(global const float *in, global int *count) {
  if (in[get_global_id(0)] > 0.25f) *count = *count + 1;
}
