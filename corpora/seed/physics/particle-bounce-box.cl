// Integrates particles under gravity and reflects them off the walls of a unit box.
__kernel void bounce(__global float2* pos, __global float2* vel, const float dt, const float restitution, const uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;

    float2 v = vel[i];
    v.y -= 9.81f * dt;
    float2 p = pos[i] + v * dt;

    int2 under = p < (float2)(0.0f);
    int2 over  = p > (float2)(1.0f);
    v = select(v, -restitution * v, under | over);

    pos[i] = clamp(p, 0.0f, 1.0f);
    vel[i] = v;
}
