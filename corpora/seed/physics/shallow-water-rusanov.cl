// Shallow-water update in one dimension using Rusanov (local Lax-Friedrichs) fluxes.
float2 flux(float2 q, float g)
{
    float u = q.x > 1e-6f ? q.y / q.x : 0.0f;
    return (float2)(q.y, q.y * u + 0.5f * g * q.x * q.x);
}

float2 rusanov(float2 l, float2 r, float g)
{
    float ul = l.x > 1e-6f ? l.y / l.x : 0.0f;
    float ur = r.x > 1e-6f ? r.y / r.x : 0.0f;
    float a = fmax(fabs(ul) + sqrt(g * fmax(l.x, 0.0f)), fabs(ur) + sqrt(g * fmax(r.x, 0.0f)));
    return 0.5f * (flux(l, g) + flux(r, g)) - 0.5f * a * (r - l);
}

__kernel void swe_step(__global const float2 *q, __global float2 *qn, int n, float dt_dx, float g)
{
    int i = get_global_id(0);
    if (i >= n) return;

    float2 c = q[i];
    float2 l = i > 0     ? q[i - 1] : (float2)(c.x, -c.y);   // reflecting wall
    float2 r = i < n - 1 ? q[i + 1] : (float2)(c.x, -c.y);

    qn[i] = c - dt_dx * (rusanov(c, r, g) - rusanov(l, c, g));
}
