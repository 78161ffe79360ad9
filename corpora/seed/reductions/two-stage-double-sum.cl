// Double-precision sum in two kernels: strided per-group partials, then a serial-looking finisher.
__kernel void dsum_stage1(__global const double * restrict in,
                          __global double * restrict partials,
                          __local double * buf,
                          const ulong n)
{
    const size_t l = get_local_id(0), L = get_local_size(0);
    double s = 0.0;
    for (size_t i = get_global_id(0); i < n; i += get_global_size(0))
        s += in[i];
    buf[l] = s;
    barrier(CLK_LOCAL_MEM_FENCE);

    /* works for any group size: fold the upper part onto the lower part */
    size_t active = L;
    while (active > 1) {
        const size_t keep = (active + 1) / 2;
        if (l + keep < active)
            buf[l] += buf[l + keep];
        barrier(CLK_LOCAL_MEM_FENCE);
        active = keep;
    }
    if (l == 0) partials[get_group_id(0)] = buf[0];
}

__kernel void dsum_stage2(__global const double *partials, __global double *total, const int count)
{
    if (get_global_id(0) != 0) return;
    double t = 0.0;
    for (int i = 0; i < count; ++i) t += partials[i];
    *total = t;
}
