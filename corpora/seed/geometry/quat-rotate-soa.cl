// Rotates structure-of-arrays points by per-point unit quaternions.
kernel void rotate_points(global float *restrict x, global float *restrict y, global float *restrict z,
                          global const float4 *restrict q, uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    const float4 r = q[i];
    const float3 v = (float3)(x[i], y[i], z[i]);
    const float3 t = 2.0f * cross(r.xyz, v);
    const float3 o = v + r.w * t + cross(r.xyz, t);
    x[i] = o.x;
    y[i] = o.y;
    z[i] = o.z;
}
