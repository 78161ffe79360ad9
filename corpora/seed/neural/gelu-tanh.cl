// GELU activation with the tanh approximation, grid-stride.
kernel void gelu(global const float *restrict in, global float *restrict out, const int n)
{
    const float k0 = 0.7978845608f, k1 = 0.044715f;
    for (int i = get_global_id(0); i < n; i += get_global_size(0)) {
        const float x = in[i];
        out[i] = 0.5f * x * (1.0f + tanh(k0 * mad(k1 * x * x, x, x)));
    }
}
