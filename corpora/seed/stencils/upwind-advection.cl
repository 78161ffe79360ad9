// First-order upwind advection of a scalar by a face-independent 2-D velocity field.
typedef struct {
    int nx;
    int ny;
    float dt_over_dx;
    float dt_over_dy;
} Grid;

float upwind(float vel, float left, float mid, float right)
{
    return vel > 0.0f ? vel * (mid - left) : vel * (right - mid);
}

__kernel void advect_upwind(__global const float *q,
                            __global const float2 *vel,
                            __global float *q_next,
                            const Grid g)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= g.nx || y >= g.ny) return;

    const int xm = x > 0 ? x - 1 : g.nx - 1;
    const int xp = x < g.nx - 1 ? x + 1 : 0;
    const int ym = y > 0 ? y - 1 : g.ny - 1;
    const int yp = y < g.ny - 1 ? y + 1 : 0;

    const int here = y * g.nx + x;
    const float2 v = vel[here];
    const float mid = q[here];

    float flux_x = upwind(v.x, q[y * g.nx + xm], mid, q[y * g.nx + xp]);
    float flux_y = upwind(v.y, q[ym * g.nx + x], mid, q[yp * g.nx + x]);

    q_next[here] = mid - g.dt_over_dx * flux_x - g.dt_over_dy * flux_y;
}
