// Matrix-chain ordering: fills all intervals of one length from shorter intervals.
kernel void matrix_chain(global const long *dims, global long *cost, global int *split, int n, int len)
{
    int i = get_global_id(0);
    int j = i + len;
    if (len < 1 || j >= n) return;

    long best = LONG_MAX;
    int arg = i;
    for (int k = i; k < j; ++k) {
        long c = cost[i * n + k] + cost[(k + 1) * n + j] + dims[i] * dims[k + 1] * dims[j + 1];
        if (c < best) { best = c; arg = k; }
    }
    cost[i * n + j] = best;
    split[i * n + j] = arg;
}
