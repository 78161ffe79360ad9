// Estimates pi by counting LCG points that land inside the quarter circle.
__kernel void pi_darts(__global uint *inside, const uint trials, const uint seed)
{
    const uint gid = get_global_id(0);
    uint x = seed + gid * 747796405u;
    uint hit = 0;
    for (uint i = 0; i < trials; i++) {
        x = x * 1664525u + 1013904223u;
        const float a = (x >> 9) * (1.0f / 8388608.0f);
        x = x * 1664525u + 1013904223u;
        const float b = (x >> 9) * (1.0f / 8388608.0f);
        hit += (a * a + b * b < 1.0f) ? 1u : 0u;
    }
    inside[gid] = hit;
}
