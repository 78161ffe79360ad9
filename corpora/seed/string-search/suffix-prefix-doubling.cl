// Builds sort keys for suffix-array prefix doubling from the current ranks.
kernel void doubling_keys(global const uint *rank, global ulong *key, global uint *suffix, uint n, uint h)
{
    uint i = get_global_id(0);
    if (i < n) {
        ulong second = (i + h < n) ? (ulong)rank[i + h] + 1 : 0;
        key[i] = ((ulong)rank[i] << 32) | second;
        suffix[i] = i;
    }
}
