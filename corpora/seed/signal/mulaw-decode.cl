// Decodes G.711 mu-law bytes to 16-bit PCM, eight samples per work-item.
kernel void mulaw_decode(global const uchar *in, global short *out, uint n8)
{
    uint i = get_global_id(0);
    if (i >= n8) return;
    int8 u = convert_int8(~vload8(i, in));
    int8 mag = ((((u & 15) << 3) + 132) << ((u >> 4) & 7)) - 132;
    vstore8(convert_short8_sat(select(mag, -mag, (u & 128) << 24)), i, out);
}
