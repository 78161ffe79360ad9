// Adler-32 component sums for each block of bytes, 16 bytes at a time.
__kernel void adler_partial(__global const uchar* data, __global uint2* sums, uint blockLen, uint numBlocks)
{
    uint b = get_global_id(0);
    if (b >= numBlocks) return;

    uint s1 = 0, s2 = 0;
    const uint base = b * blockLen;
    uint i = 0;
    for (; i + 16 <= blockLen; i += 16) {
        uchar16 v = vload16(0, data + base + i);
        uint16 w = convert_uint16(v) * (uint16)(16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1);
        uint8 q = w.lo + w.hi;
        uint4 r = q.lo + q.hi;
        s2 += 16u * s1 + r.x + r.y + r.z + r.w;
        ushort8 a = convert_ushort8(v.lo) + convert_ushort8(v.hi);
        ushort4 c = a.lo + a.hi;
        s1 += (uint)c.x + c.y + c.z + c.w;
        s1 %= 65521u;
        s2 %= 65521u;
    }
    for (; i < blockLen; ++i) {
        s1 = (s1 + data[base + i]) % 65521u;
        s2 = (s2 + s1) % 65521u;
    }
    sums[b] = (uint2)(s1, s2);
}
