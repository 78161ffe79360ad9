// Shadow query: does any triangle block the segment between two points?
typedef struct {
    float4 v0, e1, e2;
} Tri;

static bool hits(float3 o, float3 d, float tmax, const Tri t)
{
    const float3 p = cross(d, t.e2.xyz);
    const float det = dot(t.e1.xyz, p);
    if (fabs(det) < 1e-9f) return false;
    const float inv = 1.0f / det;
    const float3 s = o - t.v0.xyz;
    const float u = dot(s, p) * inv;
    if (u < 0.0f || u > 1.0f) return false;
    const float3 q = cross(s, t.e1.xyz);
    const float v = dot(d, q) * inv;
    if (v < 0.0f || u + v > 1.0f) return false;
    const float dist = dot(t.e2.xyz, q) * inv;
    return dist > 1e-5f && dist < tmax;
}

__kernel void shadow_any(__global const float4 *from, __global const float4 *to,
                         __global const Tri *tris, const uint ntri,
                         __global uchar *blocked, const uint n)
{
    const uint i = get_global_id(0);
    if (i >= n)
        return;

    const float3 o = from[i].xyz;
    const float3 seg = to[i].xyz - o;
    const float len = length(seg);
    const float3 d = seg / len;

    uchar b = 0;
    for (uint k = 0; k < ntri; ++k)
        if (hits(o, d, len - 1e-4f, tris[k])) {
            b = 1;
            break;
        }
    blocked[i] = b;
}
