// Tait equation of state: pressure from SPH density, clamped against tension.
kernel void tait_pressure(global const float *rho, global float *p, const float rho0, const float c0, const int n)
{
    const int i = get_global_id(0);
    if (i < n) {
        const float B = rho0 * c0 * c0 / 7.0f;
        p[i] = fmax(B * (pown(rho[i] / rho0, 7) - 1.0f), 0.0f);
    }
}
