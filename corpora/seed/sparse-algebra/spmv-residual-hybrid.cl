// Residual r = b - A x for a hybrid format: four fixed off-diagonals plus a short CSR remainder.
__kernel void hybrid_residual(__global const float4 *band,      /* values at offsets -s, -1, +1, +s */
                              __global const float *diag,
                              __global const int *ptr, __global const short *rel, __global const float *val,
                              __global const float *x, __global const float *b, __global float *r,
                              const int s, const int n)
{
    const int i = get_global_id(0);
    if (i >= n) return;

    const float4 v = band[i];
    float acc = diag[i] * x[i];
    acc += i >= s     ? v.s0 * x[i - s] : 0.0f;
    acc += i >= 1     ? v.s1 * x[i - 1] : 0.0f;
    acc += i + 1 < n  ? v.s2 * x[i + 1] : 0.0f;
    acc += i + s < n  ? v.s3 * x[i + s] : 0.0f;

    /* remainder columns are stored relative to the row */
    int k = ptr[i], stop = ptr[i + 1];
    if (k < stop) do {
        acc += val[k] * x[i + rel[k]];
    } while (++k < stop);

    r[i] = b[i] - acc;
}
