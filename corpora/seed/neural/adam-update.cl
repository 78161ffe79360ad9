// Adam optimiser step with bias correction supplied by the host.
__kernel void adam(__global float *w, __global const float *g, __global float *m, __global float *v,
                   float lr, float b1, float b2, float eps, float corr1, float corr2, int n)
{
    int i = get_global_id(0);
    if (i >= n) return;
    float gi = g[i];
    float mi = m[i] = mix(gi, m[i], b1);
    float vi = v[i] = mix(gi * gi, v[i], b2);
    w[i] -= lr * (mi * corr1) / (sqrt(vi * corr2) + eps);
}
