// Places COO entries into CSR order using a per-row atomic cursor.
__kernel void CooScatter(__global const int *rows, __global const int *cols, __global const float *vals,
                         __global const int *rowStart, __global int *rowCursor,
                         __global int *outCols, __global float *outVals, int nnz)
{
    int e = get_global_id(0);
    if (e >= nnz) return;

    int r = rows[e];
    int slot = rowStart[r] + atomic_add(rowCursor + r, 1);
    outCols[slot] = cols[e];
    outVals[slot] = vals[e];
}
