// 30-bit Morton codes of points inside a scene bounding box.
static uint spreadBits(uint v)
{
    v = (v | (v << 16)) & 0x030000FFu;
    v = (v | (v <<  8)) & 0x0300F00Fu;
    v = (v | (v <<  4)) & 0x030C30C3u;
    v = (v | (v <<  2)) & 0x09249249u;
    return v;
}

kernel void MortonCodes(global const float4* points, float4 boxMin, float4 boxExtent,
                        global uint* codes, uint n)
{
    const uint i = get_global_id(0);
    if (i >= n) return;
    const float4 rel = clamp((points[i] - boxMin) / boxExtent, 0.0f, 1.0f);
    const uint4 q = min(convert_uint4(rel * 1024.0f), (uint4)1023u);
    codes[i] = (spreadBits(q.z) << 2) | (spreadBits(q.y) << 1) | spreadBits(q.x);
}
