// CSR sparse matrix-vector product, one row per work-item.
__kernel void csr_spmv(__global const int *row_ptr,
                       __global const int *col_idx,
                       __global const float *vals,
                       __global const float *x,
                       __global float *y,
                       const int num_rows)
{
    const int row = get_global_id(0);
    if (row < num_rows) {
        float sum = 0.0f;
        for (int e = row_ptr[row]; e < row_ptr[row + 1]; ++e)
            sum += vals[e] * x[col_idx[e]];
        y[row] = sum;
    }
}
