// One round of independent-set colouring: local maxima by random priority take the smallest free colour.
static uint mix32(uint x)
{
    x ^= x >> 15; x *= 0x2c1b3c6du;
    x ^= x >> 12; x *= 0x297a2d39u;
    return x ^ (x >> 15);
}

__kernel void colour_round(__global const uint *ptr, __global const uint *adj,
                           __global const int *colour_in, __global int *colour_out,
                           const uint n, const uint seed)
{
    const uint v = get_global_id(0);
    if (v >= n) return;

    int c = colour_in[v];
    if (c < 0) {
        const uint mine = mix32(v ^ seed);
        ulong used = 0;
        bool wins = true;

        for (uint e = ptr[v]; e < ptr[v + 1] && wins; ++e) {
            const uint w = adj[e];
            if (w == v) continue;
            const int cw = colour_in[w];
            if (cw >= 0) {
                if (cw < 64) used |= 1UL << cw;
            } else {
                const uint theirs = mix32(w ^ seed);
                wins = mine > theirs || (mine == theirs && v > w);
            }
        }
        if (wins && used != ULONG_MAX) {
            const ulong lowest_free = ~used & (used + 1);
            c = 63 - (int)clz(lowest_free);
        }
    }
    colour_out[v] = c;
}
