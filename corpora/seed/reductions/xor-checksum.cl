// Order-independent XOR checksum that mixes each word with its position.
uint scramble(uint w, uint pos)
{
  w ^= pos * 0x9E3779B9u;
  w ^= w >> 15;
  w *= 0x2C1B3C6Du;
  w ^= w >> 12;
  return rotate(w, pos & 31u);
}

__kernel void checksum(__global const uint *words, __global uint *sum, uint n)
{
  uint x = 0;
  for (uint i = get_global_id(0); i < n; i += get_global_size(0)) x ^= scramble(words[i], i);
  atomic_xor(sum, x);
}
