// Block-CSR (3x3 dense blocks) matrix-vector product, one block row per work-item.
__kernel void bsr3_spmv(__global const int   *blk_ptr,
                        __global const int   *blk_col,
                        __global const float *blk,      /* 9 floats per block, row major */
                        __global const float *x,
                        __global float       *y,
                        const int             blk_rows)
{
    const int br = get_global_id(0);
    if (br >= blk_rows)
        return;

    float3 acc = (float3)(0.0f, 0.0f, 0.0f);
    const int last = blk_ptr[br + 1];
    for (int b = blk_ptr[br]; b < last; b++) {
        const float3 xb = vload3(blk_col[b], x);
        const float3 r0 = vload3(3 * b + 0, blk);
        const float3 r1 = vload3(3 * b + 1, blk);
        const float3 r2 = vload3(3 * b + 2, blk);
        acc += (float3)(dot(r0, xb), dot(r1, xb), dot(r2, xb));
    }
    vstore3(acc, br, y);
}
