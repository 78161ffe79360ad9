// Three-point weighted smoothing of a 1-D signal, ends copied through.
__kernel void smooth3(__global const float *in, __global float *out, const int n)
{
    int i = get_global_id(0);
    if (i >= n) return;
    if (i == 0 || i == n - 1) {
        out[i] = in[i];
        return;
    }
    out[i] = 0.25f * in[i - 1] + 0.5f * in[i] + 0.25f * in[i + 1];
}
