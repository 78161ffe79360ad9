// Symmetric radius-R line stencil with a caller-sized local buffer; boundary is zero-extended.
__kernel void line_stencil(__global const float *restrict x,
                           __global float *restrict y,
                           __constant float *coef,      // radius + 1 entries, coef[0] is the centre
                           __local float *cache,        // get_local_size(0) + 2 * radius entries
                           const int radius,
                           const int n)
{
    const int lid  = get_local_id(0);
    const int lsz  = get_local_size(0);
    const int base = get_group_id(0) * lsz - radius;
    const int span = lsz + 2 * radius;

    for (int s = lid; s < span; s += lsz) {
        const int g = base + s;
        cache[s] = (g >= 0 && g < n) ? x[g] : 0.0f;
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    const int gid = get_global_id(0);
    if (gid < n) {
        float sum = coef[0] * cache[lid + radius];
        for (int r = 1; r <= radius; ++r)
            sum = mad(coef[r], cache[lid + radius - r] + cache[lid + radius + r], sum);
        y[gid] = sum;
    }
}
