// Winograd F(2x2, 3x3): input transform, per-channel product and output transform for one 2x2 tile per work-item.
#define TILE_IN 4

/* d <- B^T d B, in place */
void input_transform(float d[16])
{
    for (int c = 0; c < TILE_IN; ++c) {
        const float d0 = d[c], d1 = d[4 + c], d2 = d[8 + c], d3 = d[12 + c];
        d[c]      = d0 - d2;
        d[4 + c]  = d1 + d2;
        d[8 + c]  = d2 - d1;
        d[12 + c] = d1 - d3;
    }
    for (int r = 0; r < TILE_IN; ++r) {
        const float d0 = d[4 * r], d1 = d[4 * r + 1], d2 = d[4 * r + 2], d3 = d[4 * r + 3];
        d[4 * r]     = d0 - d2;
        d[4 * r + 1] = d1 + d2;
        d[4 * r + 2] = d2 - d1;
        d[4 * r + 3] = d1 - d3;
    }
}

/* 2x2 result of A^T m A */
float4 output_transform(const float m[16])
{
    float top[4], bot[4];
    for (int c = 0; c < 4; ++c) {
        top[c] = m[c] + m[4 + c] + m[8 + c];
        bot[c] = m[4 + c] - m[8 + c] - m[12 + c];
    }
    return (float4)(top[0] + top[1] + top[2], top[1] - top[2] - top[3],
                    bot[0] + bot[1] + bot[2], bot[1] - bot[2] - bot[3]);
}

__kernel void winograd_conv(__global const float *x,       /* C x H x W, no padding */
                            __global const float *u,       /* outC x C x 16, filters already transformed */
                            __global float *y,             /* outC x (H-2) x (W-2) */
                            const int C, const int H, const int W, const int outC)
{
    const int oh = H - 2, ow = W - 2;
    const int tx = get_global_id(0) * 2;
    const int ty = get_global_id(1) * 2;
    const int oc = get_global_id(2);
    if (tx >= ow || ty >= oh || oc >= outC)
        return;

    float m[16];
    for (int e = 0; e < 16; ++e)
        m[e] = 0.0f;

    for (int c = 0; c < C; ++c) {
        float d[16];
        for (int e = 0; e < 16; ++e) {
            const int iy = ty + (e >> 2), ix = tx + (e & 3);
            d[e] = (iy < H && ix < W) ? x[(c * H + iy) * W + ix] : 0.0f;
        }
        input_transform(d);

        __global const float *g = u + (oc * C + c) * 16;
        for (int e = 0; e < 16; ++e)
            m[e] = mad(d[e], g[e], m[e]);
    }

    const float4 r = output_transform(m);
    __global float *o = y + (oc * oh + ty) * ow + tx;
    const bool right = tx + 1 < ow;
    const bool below = ty + 1 < oh;
    o[0] = r.x;
    if (right) o[1] = r.y;
    if (below) o[ow] = r.z;
    if (right && below) o[ow + 1] = r.w;
}
