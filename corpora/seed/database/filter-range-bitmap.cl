// Evaluates a range predicate on an int column and emits one bitmap word per 32 rows.
kernel void filter_range(global const int *col, global uint *bitmap, int lo, int hi, uint rows)
{
    uint w = get_global_id(0);
    uint first = w * 32;
    if (first >= rows) return;
    uint last = min(first + 32, rows);
    uint bits = 0;
    for (uint r = first; r < last; ++r)
        bits |= (uint)(col[r] >= lo && col[r] < hi) << (r - first);
    bitmap[w] = bits;
}
