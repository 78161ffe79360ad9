// Worley (cellular) noise: distance to the two nearest jittered feature points.
kernel void worley(global float2 *f1f2, int w, int h, float inv_cell)
{
    int2 px = (int2)((int)get_global_id(0), (int)get_global_id(1));
    if (any(px >= (int2)(w, h))) return;

    float2 p = convert_float2(px) * inv_cell;
    int2 cell = convert_int2_rtn(p);
    float2 best = (float2)(1e9f);

    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
            int2 c = cell + (int2)(dx, dy);
            uint s = (uint)c.x * 1619u ^ (uint)c.y * 31337u;
            s = (s << 13) ^ s;
            s = s * (s * s * 15731u + 789221u) + 1376312589u;
            float2 feat = convert_float2(c) + (float2)(s & 0xffffu, s >> 16) / 65536.0f;
            float d = fast_distance(p, feat);
            if (d < best.x) { best.y = best.x; best.x = d; }
            else if (d < best.y) best.y = d;
        }
    f1f2[px.y * w + px.x] = best;
}
