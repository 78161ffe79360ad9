kernel void backwards(global const uint *in, global uint *out) {
  uint i = get_global_id(0);
  uint hash = in[i];
  for (uint k = 15; k > 0; k--) hash = hash * 31u + k;
  out[i] = hash;
}
