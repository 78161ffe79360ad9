// Branch-free slab test of every ray against every box in a 2-D launch.
__kernel void slabs(__global const float3 *ro, __global const float3 *inv_rd,
                    __global const float3 *bmin, __global const float3 *bmax,
                    __global float2 *span, int rays, int boxes)
{
    int r = get_global_id(0), b = get_global_id(1);
    if (r >= rays || b >= boxes) return;
    float3 t0 = (bmin[b] - ro[r]) * inv_rd[r];
    float3 t1 = (bmax[b] - ro[r]) * inv_rd[r];
    float3 lo = fmin(t0, t1), hi = fmax(t0, t1);
    span[b * rays + r] = (float2)(fmax(fmax(lo.x, lo.y), fmax(lo.z, 0.0f)), fmin(fmin(hi.x, hi.y), hi.z));
}
