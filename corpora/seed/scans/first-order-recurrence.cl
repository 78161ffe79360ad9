// Solves y[i] = a[i]*y[i-1] + b[i] per row by composing affine maps with a doubling scan.
__kernel void affine_recurrence(__global const float *a, __global const float *b,
                                __global float *y,
                                __local float2 *maps,   /* one per work-item */
                                const float y0, const int row_len)
{
    const int lid = get_local_id(0);
    const int wg  = get_local_size(0);
    const int row = get_group_id(0);
    float carry = y0;

    for (int base = 0; base < row_len; base += wg) {
        const int col = base + lid;
        const int at  = row * row_len + col;

        float2 m = (float2)(1.0f, 0.0f);      // identity map
        if (col < row_len)
            m = (float2)(a[at], b[at]);
        maps[lid] = m;
        barrier(CLK_LOCAL_MEM_FENCE);

        for (int d = 1; d < wg; d <<= 1) {
            float2 prev = (float2)(1.0f, 0.0f);
            if (lid >= d) prev = maps[lid - d];
            barrier(CLK_LOCAL_MEM_FENCE);
            m = (float2)(m.x * prev.x, fma(m.x, prev.y, m.y));
            maps[lid] = m;
            barrier(CLK_LOCAL_MEM_FENCE);
        }

        if (col < row_len)
            y[at] = fma(m.x, carry, m.y);

        const float2 whole = maps[wg - 1];
        carry = fma(whole.x, carry, whole.y);
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}
