// Sobel gradient magnitude of a 2-D image object's red channel.
constant sampler_t edgeSampler = CLK_NORMALIZED_COORDS_FALSE | CLK_ADDRESS_CLAMP_TO_EDGE | CLK_FILTER_NEAREST;

kernel void sobel_mag(read_only image2d_t src, write_only image2d_t dst, const float gain)
{
    const int2 at = (int2)(get_global_id(0), get_global_id(1));
    if (any(at >= get_image_dim(src)))
        return;

    float p[9];
    for (int k = 0; k < 9; ++k)
        p[k] = read_imagef(src, edgeSampler, at + (int2)(k % 3 - 1, k / 3 - 1)).x;

    const float gx = (p[2] + 2.0f * p[5] + p[8]) - (p[0] + 2.0f * p[3] + p[6]);
    const float gy = (p[6] + 2.0f * p[7] + p[8]) - (p[0] + 2.0f * p[1] + p[2]);
    const float m = clamp(gain * hypot(gx, gy), 0.0f, 1.0f);
    write_imagef(dst, at, (float4)(m, m, m, 1.0f));
}
