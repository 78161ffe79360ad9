kernel void polynomial(global const float *in, global float *out) {
  int i = get_global_id(0);
  float terms[5];
  float *p = terms;
  float v = in[i];
  for (int k = 0; k < 6; k++) {
    *p++ = v;
    v *= in[i];
  }
  out[i] = terms[0] + terms[1] - terms[2] + terms[3] - terms[4];
}
