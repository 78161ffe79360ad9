// One Cooley-Tukey stage of a number-theoretic transform modulo 998244353.
__constant uint MODULUS = 998244353u;

uint mul_mod(uint a, uint b)
{
  return (uint)(((ulong)a * b) % MODULUS);
}

uint pow_mod(uint base, uint e)
{
  uint r = 1;
  while (e) {
    if (e & 1) r = mul_mod(r, base);
    base = mul_mod(base, base);
    e >>= 1;
  }
  return r;
}

__kernel void ntt_stage(__global uint *a, uint len, uint root, uint n)
{
  uint id = get_global_id(0);
  if (id >= n / 2) return;

  uint half_len = len >> 1;
  uint off = id & (half_len - 1);
  uint i = (id - off) * 2 + off;

  uint u = a[i];
  uint v = mul_mod(a[i + half_len], pow_mod(root, off));
  uint s = u + v;
  a[i] = s >= MODULUS ? s - MODULUS : s;
  a[i + half_len] = u >= v ? u - v : u + MODULUS - v;
}
