// Builds zone maps: minimum and maximum of each fixed-size block of an integer column.
__kernel void zone_map(__global const int4* col, __global int2* zone, const int vecsPerBlock, const int blocks)
{
    int b = get_global_id(0);
    if (b >= blocks) return;
    int4 lo = INT_MAX, hi = INT_MIN;
    for (int k = 0; k < vecsPerBlock; ++k) {
        int4 v = col[b * vecsPerBlock + k];
        lo = min(lo, v);
        hi = max(hi, v);
    }
    lo.xy = min(lo.xy, lo.zw);
    hi.xy = max(hi.xy, hi.zw);
    zone[b] = (int2)(min(lo.x, lo.y), max(hi.x, hi.y));
}
