// Order-preserving compaction of positive values inside each work-group with a local scan.
__kernel void compact_positive(__global const float *in, __global float *out,
                               __global uint *group_count, const uint n,
                               __local uint *scan)
{
    const uint lid = get_local_id(0);
    const uint lsz = get_local_size(0);
    const uint gid = get_global_id(0);
    const uint base = get_group_id(0) * lsz;

    const float v = gid < n ? in[gid] : 0.0f;
    const uint keep = v > 0.0f;
    scan[lid] = keep;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint d = 1; d < lsz; d <<= 1) {
        const uint add = lid >= d ? scan[lid - d] : 0u;
        barrier(CLK_LOCAL_MEM_FENCE);
        scan[lid] += add;
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (keep)
        out[base + scan[lid] - 1] = v;
    if (lid == lsz - 1)
        group_count[get_group_id(0)] = scan[lid];
}
