// Expands run-length encoded columns: each output row binary-searches its run.
kernel void rle_expand(global const uint *run_end, global const float *run_value, uint runs,
                       global float *out, uint rows)
{
    const uint r = get_global_id(0);
    if (r >= rows) return;
    uint lo = 0;
    for (uint step = 1u << (31 - clz(max(runs, 1u))); step; step >>= 1)
        if (lo + step <= runs && run_end[lo + step - 1] <= r)
            lo += step;
    out[r] = run_value[min(lo, runs - 1)];
}
