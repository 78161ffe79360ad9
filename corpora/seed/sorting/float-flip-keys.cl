// Maps IEEE floats to order-preserving unsigned integers so that they can be radix sorted.
__kernel void float_flip(__global const float *in, __global uint *out, uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    uint u = as_uint(in[i]);
    uint mask = (uint)(-(int)(u >> 31)) | 0x80000000u;
    out[i] = u ^ mask;
}
