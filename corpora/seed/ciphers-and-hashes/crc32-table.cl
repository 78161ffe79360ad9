// CRC-32 of equal-length chunks, building the byte table in local memory first.
kernel void crc32_chunks(global const uchar *buf, global uint *crc, uint chunk, uint chunks)
{
    local uint tab[256];
    for (uint b = get_local_id(0); b < 256; b += get_local_size(0)) {
        uint r = b;
        for (int k = 0; k < 8; k++)
            r = (r & 1) ? (r >> 1) ^ 0xEDB88320u : r >> 1;
        tab[b] = r;
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    uint id = get_global_id(0);
    if (id < chunks) {
        global const uchar *p = buf + (size_t)id * chunk;
        global const uchar *stop = p + chunk;
        uint c = ~0u;
        while (p != stop)
            c = tab[(c ^ *p++) & 0xff] ^ (c >> 8);
        crc[id] = ~c;
    }
}
