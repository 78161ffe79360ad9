// Brute-force bilateral filter on float RGB (stored as float4) with runtime radius.
__kernel void bilateral(__global const float4 *restrict src,
                        __global float4 *restrict dst,
                        int2 size, int radius,
                        float inv_two_sigma_s2, float inv_two_sigma_r2)
{
    int2 c = (int2)(get_global_id(0), get_global_id(1));
    if (c.x >= size.x || c.y >= size.y)
        return;

    float4 center = src[c.y * size.x + c.x];
    float3 total = (float3)(0.0f);
    float  norm  = 0.0f;

    for (int j = max(c.y - radius, 0); j <= min(c.y + radius, size.y - 1); ++j)
    {
        for (int i = max(c.x - radius, 0); i <= min(c.x + radius, size.x - 1); ++i)
        {
            float4 s = src[j * size.x + i];
            float3 dc = s.xyz - center.xyz;
            float  d2 = (float)((i - c.x) * (i - c.x) + (j - c.y) * (j - c.y));
            float  wgt = native_exp(-d2 * inv_two_sigma_s2 - dot(dc, dc) * inv_two_sigma_r2);
            total += wgt * s.xyz;
            norm  += wgt;
        }
    }

    dst[c.y * size.x + c.x] = (float4)(total / norm, center.w);
}
