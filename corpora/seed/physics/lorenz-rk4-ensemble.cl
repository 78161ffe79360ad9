// Integrates an ensemble of Lorenz systems for many RK4 steps, all in registers.
float4 lorenz(float4 s, float4 prm)
{
    return (float4)(prm.x * (s.y - s.x), s.x * (prm.y - s.z) - s.y, s.x * s.y - prm.z * s.z, 0.0f);
}

kernel void lorenz_rk4(global float4 *state, const float4 prm, const float dt, const int steps, const int count)
{
    const int id = get_global_id(0);
    if (id >= count) return;
    float4 s = state[id];
    for (int k = steps; k > 0; --k) {
        const float4 k1 = lorenz(s, prm);
        const float4 k2 = lorenz(s + 0.5f * dt * k1, prm);
        const float4 k3 = lorenz(s + 0.5f * dt * k2, prm);
        const float4 k4 = lorenz(s + dt * k3, prm);
        s += (dt / 6.0f) * (k1 + 2.0f * (k2 + k3) + k4);
    }
    state[id] = s;
}
