// Inverts RGB where the mask byte is non-zero, leaving alpha alone.
__kernel void invert_masked(__global uchar4 *px, __global const uchar *mask, uint n)
{
    uint i = get_global_id(0);
    if (i < n && mask[i])
        px[i].xyz = (uchar3)(255) - px[i].xyz;
}
