// Classic sine plasma written to a 2-D image.
__kernel void plasma(__write_only image2d_t dst, float t)
{
    int2 at = (int2)(get_global_id(0), get_global_id(1));
    if (at.x >= get_image_width(dst) || at.y >= get_image_height(dst)) return;
    float2 p = convert_float2(at) * 0.02f;
    float v = native_sin(p.x + t) + native_sin(p.y * 0.5f + t) + native_sin(length(p - 4.0f) * 2.0f);
    float4 c = 0.5f + 0.5f * cos(v * 1.5f + (float4)(0.0f, 2.1f, 4.2f, 0.0f));
    c.w = 1.0f;
    write_imagef(dst, at, c);
}
