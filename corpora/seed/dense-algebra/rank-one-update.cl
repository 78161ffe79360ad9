// Rank-one update A += alpha * x * y^T, four columns per work-item.
__kernel void ger4(__global float4 *A, __global const float *x, __global const float4 *y,
                   float alpha, int rows, int col_quads)
{
    const int q = get_global_id(0), r = get_global_id(1);
    if (q >= col_quads || r >= rows) return;
    A[r * col_quads + q] += (alpha * x[r]) * y[q];
}
