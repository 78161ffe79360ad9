// Weighted sum into a single float through a compare-and-swap loop.
inline void atomic_add_f32(volatile __global float *addr, float val)
{
    volatile __global uint *bits = (volatile __global uint *)addr;
    uint expected, seen = *bits;
    do {
        expected = seen;
        seen = atomic_cmpxchg(bits, expected, as_uint(as_float(expected) + val));
    } while (seen != expected);
}

__kernel void weighted_sum(__global const float *x, __global const float *w,
                           __global float *sum, int n)
{
    float local_sum = 0.0f;
    for (int i = get_global_id(0); i < n; i += get_global_size(0))
        local_sum = mad(x[i], w[i], local_sum);
    atomic_add_f32(sum, local_sum);
}
