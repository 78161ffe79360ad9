// Converts packed RGBA8 pixels to 8-bit luma with integer weights.
__kernel void rgba_to_luma(__global const uchar4 *rgba, __global uchar *luma, int count)
{
    int i = get_global_id(0);
    if (i >= count) return;
    uint4 p = convert_uint4(rgba[i]);
    luma[i] = (uchar)((77 * p.x + 150 * p.y + 29 * p.z + 128) >> 8);
}
