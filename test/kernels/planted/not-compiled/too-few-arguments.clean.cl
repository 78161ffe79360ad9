float axpy(float a, float x, float y) { return a * x + y; }
kernel void saxpy(global const float *x, global float *y, float a) {
  int i = get_global_id(0);
  y[i] = axpy(a, x[i], y[i]);
}
