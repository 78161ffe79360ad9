// Monte Carlo price of a European call with antithetic terminal draws and a local reduction.
static ulong splitmix(ulong *s)
{
    ulong z = (*s += 0x9E3779B97F4A7C15UL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
    return z ^ (z >> 31);
}

static float2 gauss_pair(ulong *s)
{
    ulong r = splitmix(s);
    float u = ((uint)(r >> 40) + 1u) * 0x1p-24f;          /* (0,1] */
    float a = (uint)(r & 0xffffffu) * 0x1p-24f;
    float m = sqrt(-2.0f * native_log(u));
    float c, sn = sincos(2.0f * M_PI_F * a, &c);
    return m * (float2)(c, sn);
}

__kernel void european_call(__global float *partial, __local float *acc,
                            float S0, float strike, float rate, float vol, float T,
                            uint pairs_per_item, ulong seed)
{
    const uint lid = get_local_id(0);
    ulong rng = seed ^ ((ulong)get_global_id(0) << 32);

    const float drift = (rate - 0.5f * vol * vol) * T;
    const float diff = vol * sqrt(T);

    float sum = 0.0f;
    for (uint p = 0; p < pairs_per_item; ++p) {
        const float2 z = gauss_pair(&rng);
        const float4 zz = (float4)(z, -z);
        const float4 ST = S0 * exp(drift + diff * zz);
        const float4 pay = fmax(ST - strike, (float4)(0.0f));
        sum += dot(pay, (float4)(0.25f));
    }
    acc[lid] = sum;

    for (uint off = get_local_size(0) / 2; off > 0; off /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lid < off) acc[lid] += acc[lid + off];
    }
    if (lid == 0)
        partial[get_group_id(0)] = acc[0] * exp(-rate * T);
}
