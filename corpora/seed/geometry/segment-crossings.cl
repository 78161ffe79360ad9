// Tests pairs of 2-D segments with exact integer orientation signs.
static int orient(int2 a, int2 b, int2 c)
{
    long2 ab = convert_long2(b) - convert_long2(a);
    long2 ac = convert_long2(c) - convert_long2(a);
    long det = ab.x * ac.y - ab.y * ac.x;
    return (det > 0) - (det < 0);
}

__kernel void segment_crossings(__global const int4 *s, __global const int4 *t, __global char *cross_kind, int n)
{
    int i = get_global_id(0);
    if (i >= n) return;

    int o1 = orient(s[i].xy, s[i].zw, t[i].xy);
    int o2 = orient(s[i].xy, s[i].zw, t[i].zw);
    int o3 = orient(t[i].xy, t[i].zw, s[i].xy);
    int o4 = orient(t[i].xy, t[i].zw, s[i].zw);

    char kind;
    if (o1 * o2 < 0 && o3 * o4 < 0)
        kind = 2;                       /* proper crossing */
    else if ((o1 == 0 || o2 == 0 || o3 == 0 || o4 == 0) && o1 * o2 <= 0 && o3 * o4 <= 0)
        kind = 1;                       /* touching or collinear */
    else
        kind = 0;
    cross_kind[i] = kind;
}
