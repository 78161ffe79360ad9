// Transposed product y = A^T x from CSR data using float compare-exchange accumulation.
void accumulate(volatile global float *slot, float add)
{
    volatile global int *raw = (volatile global int *)slot;
    int old = *raw;
    for (;;) {
        int want = as_int(as_float(old) + add);
        int got = atomic_cmpxchg(raw, old, want);
        if (got == old) return;
        old = got;
    }
}

kernel void csr_transpose_spmv(global const int *row_ptr, global const int *col,
                               global const float *a, global const float *x,
                               volatile global float *y, const int rows)
{
    const int r = get_global_id(0);
    if (r >= rows) return;
    const float xr = x[r];
    if (xr == 0.0f) return;
    for (int k = row_ptr[r]; k < row_ptr[r + 1]; k++)
        accumulate(y + col[k], a[k] * xr);
}
