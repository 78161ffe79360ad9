struct interval { float low; float high; };
kernel void widths(global const float *in, global float *out) {
  int i = get_global_id(0);
  struct interval v;
  v.low = fmin(in[i], 0.0f);
  v.high = fmax(in[i], 0.0f);
  out[i] = v.high - v.low;
}
