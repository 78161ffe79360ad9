// Porter-Duff "over" for premultiplied RGBA8 layers.
kernel void alpha_over(global const uchar4 *top, global uchar4 *bottom, const uint pixels)
{
    const uint id = get_global_id(0);
    if (id >= pixels)
        return;
    const ushort4 t = convert_ushort4(top[id]);
    const ushort4 b = convert_ushort4(bottom[id]);
    const ushort4 k = b * (ushort)(255 - t.w) + (ushort)128;
    bottom[id] = convert_uchar4_sat(t + ((k + (k >> 8)) >> 8));
}
