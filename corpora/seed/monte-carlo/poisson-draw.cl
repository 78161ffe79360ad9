// Poisson variates by Knuth's product method for small means and a rounded normal for large ones.
typedef struct {
    uint a, b;
} mwc_t;

static uint mwc_next(mwc_t *g)
{
    g->a = 36969u * (g->a & 0xffffu) + (g->a >> 16);
    g->b = 18000u * (g->b & 0xffffu) + (g->b >> 16);
    return (g->a << 16) + g->b;
}

static float mwc_float(mwc_t *g) { return ((mwc_next(g) >> 8) + 0.5f) / 16777216.0f; }

__kernel void poisson_draw(__global const float *mean, __global int *count,
                           __global mwc_t *gen, int n)
{
    const int i = get_global_id(0);
    if (i >= n) return;

    mwc_t g = gen[i];
    const float lambda = mean[i];
    int k = 0;

    if (lambda < 30.0f) {
        const float limit = exp(-lambda);
        float prod = mwc_float(&g);
        while (prod > limit && k < 1000) {
            prod *= mwc_float(&g);
            ++k;
        }
    } else {
        const float r = sqrt(-2.0f * log(mwc_float(&g)));
        const float z = r * cospi(2.0f * mwc_float(&g));
        k = max(0, convert_int_rte(lambda + sqrt(lambda) * z));
    }

    count[i] = k;
    gen[i] = g;
}
