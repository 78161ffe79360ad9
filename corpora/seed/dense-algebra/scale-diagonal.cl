// Adds a shift to the diagonal of a square matrix.
__kernel void shift_diag(__global float *A, int n, float s) {
    int i = get_global_id(0); if (i < n) A[i * (n + 1)] += s;
}
