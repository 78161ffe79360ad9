// Counter-based generator producing float16 batches of normals, with a second kernel for moments.
static uint4 philox_round(uint4 c, uint2 k)
{
    const uint hi0 = mul_hi(0xD2511F53u, c.x), lo0 = 0xD2511F53u * c.x;
    const uint hi1 = mul_hi(0xCD9E8D57u, c.z), lo1 = 0xCD9E8D57u * c.z;
    return (uint4)(hi1 ^ c.y ^ k.x, lo1, hi0 ^ c.w ^ k.y, lo0);
}

static uint4 philox(uint4 ctr, uint2 key)
{
    for (int r = 0; r < 10; ++r) {
        ctr = philox_round(ctr, key);
        key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
    }
    return ctr;
}

static float4 to_normals(uint4 u)
{
    const float4 f = convert_float4(u >> 8) * 0x1p-24f + 0x1p-25f;
    const float2 r = sqrt(-2.0f * log(f.even));
    return (float4)(r.x * cospi(2.0f * f.y), r.x * sinpi(2.0f * f.y),
                    r.y * cospi(2.0f * f.w), r.y * sinpi(2.0f * f.w));
}

kernel void fill_normals(global float *dst, uint2 key, uint offset, uint n16)
{
    const uint g = get_global_id(0);
    if (g >= n16) return;

    float16 v;
    v.s0123 = to_normals(philox((uint4)(g, 0, offset, 0), key));
    v.s4567 = to_normals(philox((uint4)(g, 1, offset, 0), key));
    v.s89ab = to_normals(philox((uint4)(g, 2, offset, 0), key));
    v.scdef = to_normals(philox((uint4)(g, 3, offset, 0), key));
    vstore16(v, g, dst);
}

kernel void moments(global const float *src, global float4 *partial, uint n, local float4 *sh)
{
    const uint lid = get_local_id(0);
    float4 m = 0.0f;
    for (uint i = get_global_id(0); i < n; i += get_global_size(0)) {
        const float x = src[i], x2 = x * x;
        m += (float4)(x, x2, x2 * x, x2 * x2);
    }
    sh[lid] = m;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint k = get_local_size(0) / 2; k > 0; k /= 2) {
        if (lid < k) sh[lid] += sh[lid + k];
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    if (lid == 0) partial[get_group_id(0)] = sh[0];
}
