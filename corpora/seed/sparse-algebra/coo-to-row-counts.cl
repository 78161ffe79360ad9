// Counts nonzeros per row of a COO matrix.
__kernel void coo_row_counts(__global const int *coo_row, __global int *count, uint nnz)
{
    uint e = get_global_id(0);
    if (e < nnz)
        atomic_inc(&count[coo_row[e]]);
}
