// Probes a linear hash table and appends matching row pairs through a global cursor.
kernel void hash_probe(global const uint* probeKeys, uint probeRows,
                       global const uint2* table, uint mask,      // x = key, y = build row
                       global uint2* matches, volatile global uint* cursor, uint capacity)
{
    uint row = get_global_id(0);
    while (row < probeRows) {
        uint key = probeKeys[row];
        uint pos = (key * 0x9E3779B1u) & mask;
        uint2 entry = table[pos];
        uint tries = 0;
        while (entry.x != 0xFFFFFFFFu && tries <= mask) {
            if (entry.x == key) {
                uint at = atomic_inc(cursor);
                if (at < capacity) matches[at] = (uint2)(row, entry.y);
                break;
            }
            pos = (pos + 1) & mask;
            entry = table[pos];
            ++tries;
        }
        row += get_global_size(0);
    }
}
