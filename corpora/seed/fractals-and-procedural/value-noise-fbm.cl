// Fractal sum of 2-D value noise from an integer lattice hash.
static float lattice(int x, int y, uint seed)
{
    uint h = (uint)x * 374761393u + (uint)y * 668265263u + seed;
    h = (h ^ (h >> 13)) * 1274126177u;
    return (float)((h ^ (h >> 16)) >> 8) * (1.0f / 16777216.0f);
}

static float smooth_noise(float2 p, uint seed)
{
    float2 f;
    float2 ip;
    f = fract(p, &ip);
    const int2 i = convert_int2(ip);
    const float2 w = f * f * (3.0f - 2.0f * f);
    const float top = mix(lattice(i.x, i.y, seed), lattice(i.x + 1, i.y, seed), w.x);
    const float bot = mix(lattice(i.x, i.y + 1, seed), lattice(i.x + 1, i.y + 1, seed), w.x);
    return mix(top, bot, w.y);
}

__kernel void fbm(__global float *height, const int w, const int h,
                  const float freq, const int octaves, const float gain, const uint seed)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h) return;

    float2 p = (float2)(x, y) * freq;
    float amp = 1.0f, sum = 0.0f, norm = 0.0f;
    for (int o = 0; o < octaves; ++o) {
        sum += amp * smooth_noise(p, seed + (uint)o * 101u);
        norm += amp;
        amp *= gain;
        p *= 2.0f;
    }
    height[y * w + x] = sum / norm;
}
