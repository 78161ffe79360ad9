// Avalanche finaliser applied to 64-bit keys in place.
void kernel fmix64(global ulong *k)
{
    ulong x = k[get_global_id(0)];
    x ^= x >> 33; x *= 0xff51afd7ed558ccdUL;
    x ^= x >> 33; x *= 0xc4ceb9fe1a85ec53UL;
    k[get_global_id(0)] = x ^ (x >> 33);
}
