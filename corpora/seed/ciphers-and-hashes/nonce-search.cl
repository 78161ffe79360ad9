// Searches nonces whose mixed hash falls below a target and records the first few hits.
uint mixRound(uint h, uint k)
{
    k *= 0xcc9e2d51u;
    k = rotate(k, 15u);
    h ^= k * 0x1b873593u;
    return mad24(rotate(h, 13u) & 0xffffffu, 5u, 0xe6546b64u) ^ (h >> 11);
}

__kernel void NonceSearch(const uint4 header,
                          const uint firstNonce,
                          const uint perItem,
                          const uint target,
                          __global volatile uint* hitCount,
                          __global uint* hits,
                          const uint maxHits)
{
    const uint begin = firstNonce + (uint)get_global_id(0) * perItem;

    uint mid = mixRound(0u, header.x);
    mid = mixRound(mid, header.y);
    mid = mixRound(mid, header.z);
    mid = mixRound(mid, header.w);

    for (uint k = 0; k < perItem; ++k) {
        uint h = mid;
        #pragma unroll 4
        for (int r = 0; r < 16; ++r)
            h = mixRound(h, (begin + k) ^ (uint)r);
        if (h < target) {
            uint slot = atomic_inc(hitCount);
            if (slot < maxHits)
                hits[slot] = begin + k;
        }
    }
}
