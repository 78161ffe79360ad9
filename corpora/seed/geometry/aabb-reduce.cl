// Per-group bounding box of a point cloud by a two-sided local reduction.
__kernel void aabb_reduce(__global const float *xyz, const uint n,
                          __global float4 *group_lo, __global float4 *group_hi,
                          __local float4 *lo, __local float4 *hi)
{
    const uint lid = get_local_id(0);
    float3 mn = (float3)(MAXFLOAT);
    float3 mx = (float3)(-MAXFLOAT);

    for (uint i = get_global_id(0); i < n; i += get_global_size(0)) {
        const float3 p = vload3(i, xyz);
        mn = fmin(mn, p);
        mx = fmax(mx, p);
    }
    lo[lid] = (float4)(mn, 0.0f);
    hi[lid] = (float4)(mx, 0.0f);
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint s = get_local_size(0) >> 1; s > 0; s >>= 1) {
        if (lid < s) {
            lo[lid] = fmin(lo[lid], lo[lid + s]);
            hi[lid] = fmax(hi[lid], hi[lid + s]);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (lid == 0) {
        group_lo[get_group_id(0)] = lo[0];
        group_hi[get_group_id(0)] = hi[0];
    }
}
