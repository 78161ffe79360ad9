kernel void rows(global const float16 *a, global float16 *b, const int n) {
  const int i = get_global_id(0);
  if (i >= n) return;
  const float16 v = a[i];
  float16 c;
  c.s0123 = v.s0 * v.s4567;
  c.s4567 = v.s1 * v.s89ab;
  c.s89ab = v.s2 * v.scdef;
  c.scdef = v.s3 * v.s0123;
  b[i] = c;
}
