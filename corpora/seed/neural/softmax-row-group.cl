// Numerically stable softmax, one work-group per row.
__kernel void softmax_rows(__global const float *logits, __global float *probs,
                           __local float *red, const int classes, const int rows)
{
    const int lid = get_local_id(0);
    const int sz  = get_local_size(0);
    const int row = get_group_id(0);
    if (row >= rows)
        return;             // whole group leaves together

    __global const float *in = logits + (size_t)row * classes;
    __global float *out = probs + (size_t)row * classes;

    float top = -INFINITY;
    for (int c = lid; c < classes; c += sz)
        top = fmax(top, in[c]);
    red[lid] = top;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int s = sz >> 1; s > 0; s >>= 1) {
        if (lid < s) red[lid] = fmax(red[lid], red[lid + s]);
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    top = red[0];
    barrier(CLK_LOCAL_MEM_FENCE);

    float sum = 0.0f;
    for (int c = lid; c < classes; c += sz) {
        const float e = exp(in[c] - top);
        out[c] = e;
        sum += e;
    }
    red[lid] = sum;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int s = sz >> 1; s > 0; s >>= 1) {
        if (lid < s) red[lid] += red[lid + s];
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    const float inv = 1.0f / red[0];
    for (int c = lid; c < classes; c += sz)
        out[c] *= inv;
}
