// Autocorrelation at one lag per work-group.
kernel void autocorr(global const float *x, int n, global float *r, local float *part)
{
    const int lag = get_group_id(0);
    const int lid = get_local_id(0), m = get_local_size(0);
    float s = 0.f;
    for (int i = lid; i < n - lag; i += m)
        s = mad(x[i], x[i + lag], s);
    part[lid] = s;
    for (int h = m / 2; h; h >>= 1) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lid < h) part[lid] += part[lid + h];
    }
    if (!lid) r[lag] = part[0] / n;
}
