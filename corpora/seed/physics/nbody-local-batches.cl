// Leapfrog n-body step that streams source bodies through local memory in group-sized batches.
#define SOFTENING 1.0e-4f

__kernel void nbody_leapfrog(__global const float4* posIn,
                             __global float4*       posOut,
                             __global float4*       vel,
                             __local float4*        batch,
                             const uint             numBodies,
                             const float            dt)
{
    const uint gid = get_global_id(0);
    const uint lid = get_local_id(0);
    const uint wg  = get_local_size(0);

    const bool live = gid < numBodies;
    const float4 self = live ? posIn[gid] : (float4)(0.0f);
    float ax = 0.0f, ay = 0.0f, az = 0.0f;

    for (uint start = 0; start < numBodies; start += wg)
    {
        const uint j = start + lid;
        batch[lid] = j < numBodies ? posIn[j] : (float4)(0.0f);   // zero mass: no pull
        barrier(CLK_LOCAL_MEM_FENCE);

        for (uint k = 0; k < wg; ++k)
        {
            const float4 b = batch[k];
            const float dx = b.x - self.x;
            const float dy = b.y - self.y;
            const float dz = b.z - self.z;
            const float d2 = mad(dx, dx, mad(dy, dy, mad(dz, dz, SOFTENING)));
            const float s = b.w / (d2 * sqrt(d2));
            ax = mad(s, dx, ax);
            ay = mad(s, dy, ay);
            az = mad(s, dz, az);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (live)
    {
        float4 v = vel[gid];
        v += dt * (float4)(ax, ay, az, 0.0f);
        vel[gid] = v;
        posOut[gid] = (float4)(self.xyz + dt * v.xyz, self.w);
    }
}
