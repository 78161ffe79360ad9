// Sphere-traces a small signed-distance scene and writes a shaded image buffer.
static float boxSdf(float3 p, float3 h)
{
    float3 q = fabs(p) - h;
    return length(fmax(q, 0.0f)) + fmin(fmax(q.x, fmax(q.y, q.z)), 0.0f);
}

static float scene(float3 p, float time)
{
    float ball = length(p - (float3)(0.0f, 0.4f + 0.3f * sin(time), 0.0f)) - 0.5f;
    float crate = boxSdf(p + (float3)(0.0f, 0.5f, 0.0f), (float3)(0.8f, 0.2f, 0.8f)) - 0.05f;
    float k = clamp(0.5f + (crate - ball) * 2.0f, 0.0f, 1.0f);
    float blob = mix(crate, ball, k) - 0.25f * k * (1.0f - k);
    return fmin(blob, p.y + 1.0f);
}

static float3 normalAt(float3 p, float time)
{
    const float h = 1e-3f;
    const float3 a = (float3)( h, -h, -h), b = (float3)(-h, -h,  h);
    const float3 c = (float3)(-h,  h, -h), d = (float3)( h,  h,  h);
    return normalize(a * scene(p + a, time) + b * scene(p + b, time) +
                     c * scene(p + c, time) + d * scene(p + d, time));
}

__kernel void SdfMarch(__global uchar4* frame, const int width, const int height, const float time)
{
    const int2 px = (int2)(get_global_id(0), get_global_id(1));
    if (px.x >= width || px.y >= height) return;

    const float2 uv = (2.0f * convert_float2(px) - (float2)(width, height)) / (float)height;
    const float3 eye = (float3)(0.0f, 0.3f, -3.0f);
    const float3 dir = fast_normalize((float3)(uv.x, -uv.y, 1.6f));

    float t = 0.0f;
    int i;
    for (i = 0; i < 96; ++i) {
        const float dist = scene(eye + t * dir, time);
        if (dist < 1e-3f * t || t > 20.0f) break;
        t += dist;
    }

    float3 col = (float3)(0.55f, 0.7f, 0.9f);
    if (t < 20.0f) {
        const float3 n = normalAt(eye + t * dir, time);
        const float lam = clamp(dot(n, normalize((float3)(0.6f, 0.8f, -0.4f))), 0.0f, 1.0f);
        const float ao = 1.0f - (float)i / 96.0f;
        col = mix(col, (0.15f + 0.85f * lam) * ao * (float3)(0.9f, 0.6f, 0.4f), exp(-0.05f * t));
    }
    frame[px.y * width + px.x] = convert_uchar4_sat_rte((float4)(sqrt(col), 1.0f) * 255.0f);
}
