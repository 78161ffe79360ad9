// Sums contiguous slices per work-item, then folds eight-to-one in local memory down to one partial per group.
__kernel void sum_slices(__global const float *data, __global float *partial,
                         __local float *scratch, const uint slice, const uint n)
{
    const uint lid = get_local_id(0);
    const uint begin = min(get_global_id(0) * slice, (size_t)n);
    const uint end = min(begin + slice, n);

    float s = 0.0f;
    for (uint i = begin; i < end; ++i)
        s += data[i];
    scratch[lid] = s;

    const uint size = get_local_size(0);
    for (uint gap = 1; gap < size; gap *= 8) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lid % (gap * 8) == 0) {
            float t = scratch[lid];
            for (uint k = 1; k < 8 && lid + k * gap < size; ++k)
                t += scratch[lid + k * gap];
            scratch[lid] = t;
        }
    }

    if (lid == 0)
        partial[get_group_id(0)] = scratch[0];
}
