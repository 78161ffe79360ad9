// Swirls a source image around its centre with a linear sampler.
const sampler_t smp = CLK_NORMALIZED_COORDS_TRUE | CLK_ADDRESS_MIRRORED_REPEAT | CLK_FILTER_LINEAR;

kernel void swirl(read_only image2d_t src, write_only image2d_t dst, float strength, float radius)
{
    int2 pos = (int2)((int)get_global_id(0), (int)get_global_id(1));
    int2 dim = get_image_dim(dst);
    if (pos.x >= dim.x || pos.y >= dim.y) return;

    float2 uv = (convert_float2(pos) + 0.5f) / convert_float2(dim);
    float2 d = uv - 0.5f;
    float fall = 1.0f - smoothstep(0.0f, radius, length(d));
    float cs, sn = sincos(strength * fall, &cs);
    float2 r = (float2)(d.x * cs - d.y * sn, d.x * sn + d.y * cs) + 0.5f;
    write_imagef(dst, pos, read_imagef(src, smp, r));
}
