// FNV-1a 64-bit hash of fixed-width byte records.
kernel void fnv1a_rows(global const uchar *bytes, uint width, global ulong *out, uint rows)
{
    uint r = get_global_id(0);
    if (r >= rows) return;
    ulong h = 0xcbf29ce484222325UL;
    for (uint i = 0; i < width; ++i) {
        h ^= bytes[(ulong)r * width + i];
        h *= 0x100000001b3UL;
    }
    out[r] = h;
}
