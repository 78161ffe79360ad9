// Tiled GEMM with alpha/beta where every work-item owns a 2x2 micro-tile of C.
#define BS 16            /* work-group edge */
#define TS (2 * BS)      /* output tile edge */

__kernel __attribute__((reqd_work_group_size(BS, BS, 1)))
void gemm_2x2(const int M, const int N, const int K,
              const float alpha,
              __global const float *restrict A, const int lda,
              __global const float *restrict B, const int ldb,
              const float beta,
              __global float *restrict C, const int ldc)
{
    __local float As[TS][BS + 1];
    __local float Bs[BS][TS + 1];

    const int tx = get_local_id(0), ty = get_local_id(1);
    const int row0 = get_group_id(1) * TS;
    const int col0 = get_group_id(0) * TS;

    float c00 = 0.f, c01 = 0.f, c10 = 0.f, c11 = 0.f;

    for (int k0 = 0; k0 < K; k0 += BS) {
        for (int h = 0; h < 2; ++h) {
            const int r = row0 + ty + h * BS;
            const int c = col0 + tx + h * BS;
            As[ty + h * BS][tx] = (r < M && k0 + tx < K) ? A[r * lda + k0 + tx] : 0.f;
            Bs[ty][tx + h * BS] = (c < N && k0 + ty < K) ? B[(k0 + ty) * ldb + c] : 0.f;
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        for (int k = 0; k < BS; ++k) {
            const float a0 = As[ty][k], a1 = As[ty + BS][k];
            const float b0 = Bs[k][tx], b1 = Bs[k][tx + BS];
            c00 = mad(a0, b0, c00);
            c01 = mad(a0, b1, c01);
            c10 = mad(a1, b0, c10);
            c11 = mad(a1, b1, c11);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    const int r0 = row0 + ty, r1 = r0 + BS;
    const int q0 = col0 + tx, q1 = q0 + BS;
    if (r0 < M && q0 < N) C[r0 * ldc + q0] = alpha * c00 + beta * C[r0 * ldc + q0];
    if (r0 < M && q1 < N) C[r0 * ldc + q1] = alpha * c01 + beta * C[r0 * ldc + q1];
    if (r1 < M && q0 < N) C[r1 * ldc + q0] = alpha * c10 + beta * C[r1 * ldc + q0];
    if (r1 < M && q1 < N) C[r1 * ldc + q1] = alpha * c11 + beta * C[r1 * ldc + q1];
}
