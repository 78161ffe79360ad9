// Single global compare-exchange pass of a bitonic network on key/payload pairs; pair count is a power of two.
__kernel void bitonicPassKeyed(__global float* restrict keys,
                               __global uint* restrict payload,
                               const int logStride,
                               const int logBlock,
                               const uint pairCount)
{
    const uint t = (uint)get_global_id(0);
    if (t >= pairCount) return;

    const uint stride = 1u << logStride;
    const uint lo = ((t >> logStride) << (logStride + 1)) | (t & (stride - 1u));
    const uint hi = lo | stride;
    const bool descending = ((lo >> logBlock) & 1u) != 0u;

    float ka = keys[lo], kb = keys[hi];
    uint  pa = payload[lo], pb = payload[hi];

    if ((ka > kb) != descending) {
        keys[lo] = kb;
        keys[hi] = ka;
        payload[lo] = pb;
        payload[hi] = pa;
    }
}
