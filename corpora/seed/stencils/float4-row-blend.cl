// Vertical three-row blend processed four columns at a time.
__kernel void blend_rows(__global const float4 *src, __global float4 *dst, int quads, int rows)
{
    int q = get_global_id(0);
    int r = get_global_id(1);
    if (q >= quads || r >= rows) return;
    int up = max(r - 1, 0), dn = min(r + 1, rows - 1);
    float4 a = src[up * quads + q];
    float4 b = src[r  * quads + q];
    float4 c = src[dn * quads + q];
    dst[r * quads + q] = (a + 2.0f * b + c) * 0.25f;
}
