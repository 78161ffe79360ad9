kernel void conjugate(global complex_t *z) {
  z[get_global_id(0)].im *= -1.0f;
}
