// Signed 8-bit matrix product with 32-bit accumulation and per-row requantisation.
__kernel void gemm_s8(__global const char4 *A,     /* M x K4 */
                      __global const char4 *Bt,    /* N x K4, already transposed */
                      __global const float *scale, /* M */
                      __global char *C,
                      const int M, const int N, const int K4, const int zero_point)
{
    const int n = get_global_id(0);
    const int m = get_global_id(1);
    if (m >= M || n >= N)
        return;

    int acc = 0;
    for (int k = 0; k < K4; ++k) {
        const int4 a = convert_int4(A[m * K4 + k]);
        const int4 b = convert_int4(Bt[n * K4 + k]);
        const int4 p = a * b;
        acc += p.s0 + p.s1 + p.s2 + p.s3;
    }

    const int q = convert_int_rte((float)acc * scale[m]) + zero_point;
    C[m * N + n] = convert_char_sat(q);
}
