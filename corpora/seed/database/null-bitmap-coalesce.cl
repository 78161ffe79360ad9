// SQL COALESCE over two nullable float columns with validity bitmaps.
kernel void coalesce(global const float *a, global const uint *a_valid,
                     global const float *b, global const uint *b_valid,
                     global float *out, float fallback, uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    uint word = i >> 5, bit = 1u << (i & 31);
    out[i] = (a_valid[word] & bit) ? a[i] : (b_valid[word] & bit) ? b[i] : fallback;
}
