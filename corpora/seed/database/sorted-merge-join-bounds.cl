// For each left key, finds the run of equal keys in a sorted right column.
kernel void join_bounds(global const long *left, global const long *right,
                        global uint2 *range, uint nl, uint nr)
{
    uint i = get_global_id(0);
    if (i >= nl) return;
    long k = left[i];

    uint lo = 0, hi = nr;
    while (lo < hi) {
        uint m = lo + ((hi - lo) >> 1);
        if (right[m] < k) lo = m + 1; else hi = m;
    }
    uint first = lo;
    hi = nr;
    while (lo < hi) {
        uint m = lo + ((hi - lo) >> 1);
        if (right[m] <= k) lo = m + 1; else hi = m;
    }
    range[i] = (uint2)(first, lo);
}
