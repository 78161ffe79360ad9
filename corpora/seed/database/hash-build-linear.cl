// Inserts unique keys into an open-addressing hash table with linear probing.
#define EMPTY_KEY 0xFFFFFFFFu

__kernel void hash_build(__global const uint *keys, __global const uint *vals,
                         volatile __global uint *slot_key, __global uint *slot_val,
                         const uint mask, const uint n, volatile __global int *failed)
{
    const uint i = get_global_id(0);
    if (i >= n) return;

    const uint key = keys[i];
    uint pos = (key * 0x9E3779B1u) & mask;

    for (uint probe = 0; probe <= mask; ++probe) {
        const uint seen = atomic_cmpxchg(&slot_key[pos], EMPTY_KEY, key);
        if (seen == EMPTY_KEY) {
            slot_val[pos] = vals[i];
            return;
        }
        pos = (pos + 1) & mask;
    }
    atomic_inc(failed);
}
