// Rolling-hash scan: each work-item slides over a stretch of text and verifies candidates.
__constant uint BASE = 257u;

static uint hash_bytes(__global const uchar *p, uint m)
{
    uint h = 0;
    for (uint i = 0; i < m; ++i)
        h = h * BASE + p[i];
    return h;
}

__kernel void rabin_karp(__global const uchar* text, uint n,
                         __global const uchar* pat, uint m,
                         uint patHash, uint topPower, uint stretch,
                         __global uint* positions, __global volatile uint* found, uint cap)
{
    if (m == 0 || n < m) return;
    const uint total = n - m + 1;
    uint pos = (uint)get_global_id(0) * stretch;
    if (pos >= total) return;
    const uint end = min(pos + stretch, total);

    uint h = hash_bytes(text + pos, m);
    for (;;) {
        if (h == patHash) {
            uint k = 0;
            while (k < m && text[pos + k] == pat[k]) k++;
            if (k == m) {
                uint slot = atomic_add(found, 1u);
                if (slot < cap) positions[slot] = pos;
            }
        }
        if (++pos >= end) break;
        h = (h - text[pos - 1] * topPower) * BASE + text[pos + m - 1];
    }
}
