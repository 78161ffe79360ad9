// Batch normalisation at inference time with folded scale and shift.
__kernel void bn_infer(__global const float *x, __global float *y,
                       __global const float *mean, __global const float *var,
                       __global const float *gamma, __global const float *beta,
                       const float eps, const int C, const int spatial, const int total)
{
    const int i = get_global_id(0);
    if (i >= total) return;
    const int c = (i / spatial) % C;
    const float scale = gamma[c] * rsqrt(var[c] + eps);
    y[i] = fma(x[i] - mean[c], scale, beta[c]);
}
