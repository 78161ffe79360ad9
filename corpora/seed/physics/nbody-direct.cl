// All-pairs gravitational acceleration with Plummer softening (w holds the mass).
__kernel void accel_direct(__global const float4 *body, __global float4 *acc,
                           const int n, const float eps2, const float G)
{
    const int i = get_global_id(0);
    if (i >= n) return;

    const float4 me = body[i];
    float3 a = (float3)(0.0f);
    for (int j = 0; j < n; ++j) {
        const float4 other = body[j];
        const float3 d = other.xyz - me.xyz;
        const float r2 = dot(d, d) + eps2;
        const float inv = rsqrt(r2);
        a += d * (other.w * inv * inv * inv);
    }
    acc[i] = (float4)(G * a, 0.0f);
}
