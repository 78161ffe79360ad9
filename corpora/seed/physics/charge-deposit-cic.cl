// Cloud-in-cell charge deposition in 2-D using fixed-point integer atomics.
__kernel void deposit_cic(__global const float2 *pos, __global int *grid,
                          const int2 cells, const float fixed_scale, const int n)
{
    const int i = get_global_id(0);
    if (i >= n) return;

    float2 base;
    const float2 frac = fract(pos[i], &base);
    const int2 c = convert_int2(base);
    if (any(c < 0) || any(c + 1 >= cells)) return;

    const float2 inv = 1.0f - frac;
    __global int *g = grid + c.y * cells.x + c.x;
    atomic_add(g,               convert_int_rte(fixed_scale * inv.x * inv.y));
    atomic_add(g + 1,           convert_int_rte(fixed_scale * frac.x * inv.y));
    atomic_add(g + cells.x,     convert_int_rte(fixed_scale * inv.x * frac.y));
    atomic_add(g + cells.x + 1, convert_int_rte(fixed_scale * frac.x * frac.y));
}
