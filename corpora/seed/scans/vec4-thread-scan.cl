// Inclusive scan where each work-item first scans four packed ints, then the group scans the totals.
__kernel void scan_vec4(__global const int4 *in, __global int4 *out,
                        __local int *totals, const int quads)
{
    const int gid = get_global_id(0);
    const int lid = get_local_id(0);

    int4 v = (int4)(0);
    if (gid < quads) v = in[gid];
    v.y += v.x;
    v.zw += (int2)(v.y, v.y);
    v.w += v.z - v.y;

    totals[lid] = v.w;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int step = 1; step < (int)get_local_size(0); step += step) {
        int add = lid >= step ? totals[lid - step] : 0;
        barrier(CLK_LOCAL_MEM_FENCE);
        totals[lid] += add;
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    const int carry = lid > 0 ? totals[lid - 1] : 0;
    if (gid < quads)
        out[gid] = v + carry;
}
