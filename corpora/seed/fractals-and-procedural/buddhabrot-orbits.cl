// Buddhabrot: replays escaping orbits and increments the pixels they visit.
__kernel void buddhabrot(__global const float2 *samples, const int n,
                         volatile __global uint *density, const int size,
                         const int min_iter, const int max_iter)
{
    const int gid = get_global_id(0);
    if (gid >= n) return;
    const float2 c = samples[gid];

    // cardioid and period-two bulb never escape
    const float xm = c.x - 0.25f;
    const float q = xm * xm + c.y * c.y;
    if (q * (q + xm) < 0.25f * c.y * c.y) return;
    if ((c.x + 1.0f) * (c.x + 1.0f) + c.y * c.y < 0.0625f) return;

    float2 z = (float2)(0.0f);
    int steps = 0;
    while (steps < max_iter && dot(z, z) < 4.0f) {
        z = (float2)(z.x * z.x - z.y * z.y, 2.0f * z.x * z.y) + c;
        ++steps;
    }
    if (steps == max_iter || steps < min_iter) return;

    z = (float2)(0.0f);
    for (int k = 0; k < steps; ++k) {
        z = (float2)(z.x * z.x - z.y * z.y, 2.0f * z.x * z.y) + c;
        const int2 p = convert_int2((z + 2.0f) * (0.25f * size));
        if (p.x >= 0 && p.x < size && p.y >= 0 && p.y < size)
            atomic_inc(&density[p.y * size + p.x]);
    }
}
