// Julia set iteration counts, four neighbouring pixels per work-item with lane masks.
__kernel void julia4(__global uchar4 *img, const int width4, const int height,
                     const float2 c, const float zoom, const int limit)
{
    const int gx = get_global_id(0);
    const int gy = get_global_id(1);
    if (gx >= width4 || gy >= height)
        return;

    float4 re = ((float4)(0, 1, 2, 3) + (float)(gx * 4 - 2 * width4)) * zoom;
    float4 im = (float4)((gy - height / 2) * zoom);
    int4 count = (int4)0;

    for (int i = 0; i < limit; ++i) {
        const float4 re2 = re * re;
        const float4 im2 = im * im;
        const int4 live = (re2 + im2) <= 4.0f;
        if (!any(live))
            break;
        count -= live;                       /* true lanes are -1 */
        im = mad(re + re, im, (float4)c.y);
        re = re2 - im2 + c.x;
    }
    img[gy * width4 + gx] = convert_uchar4_sat(count);
}
