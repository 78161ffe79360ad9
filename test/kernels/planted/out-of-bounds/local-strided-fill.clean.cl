kernel void table_lookup(global const uchar *in, global uint *out) {
  local uint table[256];
  for (int k = get_local_id(0); k < 256; k += get_local_size(0)) table[k] = k * k;
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = table[in[get_global_id(0)]];
}
