// Metropolis sampling of a double-well density, one chain per work-item with thinning.
float energy(float x) { float y = x * x - 1.0f; return 4.0f * y * y; }

float u01(uint *st)
{
    uint o = *st;
    *st = o * 747796405u + 2891336453u;
    uint w = ((o >> ((o >> 28) + 4u)) ^ o) * 277803737u;
    return ((w >> 22 ^ w) >> 8) * 5.9604645e-8f;
}

__kernel void metropolis(__global float *samples, int keep, int thin, float beta, float width, uint seed)
{
    int chain = get_global_id(0);
    int chains = get_global_size(0);
    uint st = seed + 0x9e3779b9u * (uint)chain;

    float x = u01(&st) * 2.0f - 1.0f;
    float e = energy(x);

    for (int k = 0; k < keep; ++k) {
        for (int j = 0; j < thin; ++j) {
            float cand = x + width * (u01(&st) - 0.5f);
            float ec = energy(cand);
            if (ec <= e || u01(&st) < exp(-beta * (ec - e))) {
                x = cand;
                e = ec;
            }
        }
        samples[k * chains + chain] = x;
    }
}
