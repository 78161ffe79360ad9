// Halton low-discrepancy points in three dimensions (bases 2, 3 and 5).
static float radical_inverse(uint i, uint base)
{
    float inv = 1.0f / (float)base, f = inv, r = 0.0f;
    for (; i > 0; i /= base, f *= inv)
        r += f * (float)(i % base);
    return r;
}

kernel void halton3(global float *xyz, uint first, uint n)
{
    uint id = get_global_id(0);
    if (id >= n) return;
    uint i = first + id + 1;
    float3 p = (float3)(radical_inverse(i, 2), radical_inverse(i, 3), radical_inverse(i, 5));
    vstore3(p, id, xyz);
}
