// Arithmetic-average Asian put along simulated geometric Brownian paths fed by pre-drawn normals.
__kernel void asian_put(__global const float* restrict normals,
                        __global float* restrict payoff,
                        const float spot, const float strike,
                        const float mu_dt, const float sig_sqdt,
                        const int steps, const int paths)
{
    int p = get_global_id(0);
    if (p >= paths) return;

    float x = log(spot);
    float mean = 0.0f;
    for (int t = 0; t < steps; ++t) {
        x += fma(sig_sqdt, normals[t * paths + p], mu_dt);
        mean += (exp(x) - mean) / (float)(t + 1);
    }
    payoff[p] = fdim(strike, mean);
}
