// Dot product of two arrays loaded eight floats at a time; a scalar tail finishes the remainder.
__kernel void dot8(__global const float* a, __global const float* b,
                   __global float* per_item, int n)
{
    const int gid = get_global_id(0);
    const int stride = get_global_size(0);
    const int blocks = n / 8;

    float8 acc = (float8)(0.0f);
    for (int k = gid; k < blocks; k += stride)
        acc = fma(vload8(k, a), vload8(k, b), acc);

    float4 h = acc.lo + acc.hi;
    float sum = h.x + h.y + h.z + h.w;

    for (int t = blocks * 8 + gid; t < n; t += stride)
        sum += a[t] * b[t];

    per_item[gid] = sum;
}
