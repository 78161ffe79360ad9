kernel void hash_slots(global const uint *keys, global uint *out) {
  uint i = get_global_id(0);
  uint slots[8];
  for (int k = 0; k < 8; k++) slots[k] = keys[i] + k;
  out[i] = slots[(i * 7u) % 9u];
}
