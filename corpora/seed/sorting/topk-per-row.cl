// Keeps the four largest scores and their columns for each row of a score matrix.
kernel void top4_per_row(global const float *scores, global float4 *best,
                         global int4 *where, int cols, int rows)
{
    const int row = get_global_id(0);
    if (row >= rows) return;

    float4 v = (float4)(-INFINITY);
    int4 id = (int4)(-1);

    for (int c = 0; c < cols; ++c) {
        const float s = scores[(size_t)row * cols + c];
        if (s <= v.w) continue;
        v.w = s; id.w = c;
        if (v.w > v.z) { v.zw = v.wz; id.zw = id.wz; }
        if (v.z > v.y) { v.yz = v.zy; id.yz = id.zy; }
        if (v.y > v.x) { v.xy = v.yx; id.xy = id.yx; }
    }
    best[row] = v;
    where[row] = id;
}
