// Direct-form FIR filter with taps in constant memory; history precedes the block.
kernel void fir(global const float *x, global float *y, constant float *h, int taps, int n)
{
    int i = get_global_id(0);
    if (i >= n) return;
    float acc = 0.0f;
    for (int k = 0; k < taps; ++k)
        acc = fma(h[k], x[i + taps - 1 - k], acc);
    y[i] = acc;
}
