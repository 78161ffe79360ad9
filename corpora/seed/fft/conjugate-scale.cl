// Conjugates and scales a spectrum (inverse FFT through the forward one).
kernel void conj_scale(global float2 *z, float s, uint n)
{
    for (uint i = get_global_id(0); i < n; i += get_global_size(0)) z[i] *= (float2)(s, -s);
}
