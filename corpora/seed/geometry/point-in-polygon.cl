// Even-odd point in polygon test against one polygon in constant memory.
kernel void point_in_polygon(global const float2 *pts, constant float2 *poly, int corners, global int *inside, int n)
{
    int i = get_global_id(0);
    if (i >= n) return;
    float2 p = pts[i];
    int odd = 0;
    for (int a = 0, b = corners - 1; a < corners; b = a++) {
        float2 A = poly[a], B = poly[b];
        if ((A.y > p.y) != (B.y > p.y) && p.x < (B.x - A.x) * (p.y - A.y) / (B.y - A.y) + A.x)
            odd ^= 1;
    }
    inside[i] = odd;
}
