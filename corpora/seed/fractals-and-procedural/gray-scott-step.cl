// Gray-Scott reaction-diffusion step on an interleaved (u, v) field.
kernel void gray_scott(global const float2 *in, global float2 *out, int w, int h,
                       float du, float dv, float feed, float kill)
{
    const int x = get_global_id(0), y = get_global_id(1);
    if (x <= 0 || y <= 0 || x >= w - 1 || y >= h - 1) return;

    const int i = mad24(y, w, x);
    const float2 c = in[i];
    const float2 lap = 0.2f * (in[i - 1] + in[i + 1] + in[i - w] + in[i + w])
                     + 0.05f * (in[i - w - 1] + in[i - w + 1] + in[i + w - 1] + in[i + w + 1]) - c;
    const float uvv = c.x * c.y * c.y;
    out[i] = c + (float2)(du * lap.x - uvv + feed * (1.0f - c.x),
                          dv * lap.y + uvv - (kill + feed) * c.y);
}
