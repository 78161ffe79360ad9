// Applies one Givens rotation to two rows of a matrix.
__kernel void rotate_rows(__global float *A, int p, int q, int cols, float c, float s)
{
    int j = get_global_id(0);
    if (j >= cols || p == q) return;
    float ap = A[p * cols + j];
    float aq = A[q * cols + j];
    A[p * cols + j] =  c * ap + s * aq;
    A[q * cols + j] = -s * ap + c * aq;
}
