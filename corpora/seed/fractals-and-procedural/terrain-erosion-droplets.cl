// Hydraulic erosion: each droplet rolls downhill on a fixed-point height field and moves sediment atomically.
#define FIX 1024.0f

typedef struct {
    float2 pos;
    float2 vel;
    float water;
    float load;
} droplet;

static uint hash1(uint x)
{
    x = (x ^ 61u) ^ (x >> 16);
    x *= 9u;
    x ^= x >> 4;
    x *= 0x27d4eb2du;
    return x ^ (x >> 15);
}

static float3 sample(__global const int *height, int w, float2 p)
{
    const int x = (int)p.x, y = (int)p.y;
    const float u = p.x - x, v = p.y - y;
    __global const int *cell = height + y * w + x;
    const float a = cell[0] / FIX, b = cell[1] / FIX;
    const float c = cell[w] / FIX, d = cell[w + 1] / FIX;
    return (float3)(mix(b - a, d - c, v),
                    mix(c - a, d - b, u),
                    mix(mix(a, b, u), mix(c, d, u), v));
}

__kernel void erode(__global const int *height,            // heights before this pass
                    volatile __global int *change,         // accumulated height change
                    const int w, const int h,
                    const uint drops, const int lifetime, const uint seed,
                    const float inertia, const float capacity, const float evaporate)
{
    const uint id = get_global_id(0);
    if (id >= drops) return;

    const uint r = hash1(id ^ seed);
    droplet d;
    d.pos = (float2)((r & 0xffffu) / 65536.0f * (w - 2), (r >> 16) / 65536.0f * (h - 2));
    d.vel = (float2)(0.0f);
    d.water = 1.0f;
    d.load = 0.0f;

    for (int age = 0; age < lifetime; ++age) {
        const int cell = (int)d.pos.y * w + (int)d.pos.x;
        const float3 s = sample(height, w, d.pos);

        d.vel = d.vel * inertia - s.xy * (1.0f - inertia);
        const float speed = length(d.vel);
        if (speed < 1e-6f) break;

        const float2 next = d.pos + d.vel / speed;
        if (next.x < 0.0f || next.y < 0.0f || next.x >= w - 2 || next.y >= h - 2) break;

        const float drop = s.z - sample(height, w, next).z;
        const float room = fmax(drop, 0.01f) * speed * d.water * capacity;

        float moved;
        if (drop < 0.0f)
            moved = fmin(-drop, d.load);                    /* fill the pit behind us */
        else if (d.load > room)
            moved = 0.3f * (d.load - room);
        else
            moved = -fmin(0.3f * (room - d.load), drop);

        atomic_add(&change[cell], convert_int_rte(moved * FIX));
        d.load -= moved;
        d.water *= 1.0f - evaporate;
        d.pos = next;
    }
}
