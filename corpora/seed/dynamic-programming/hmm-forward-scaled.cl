// Scaled HMM forward recursion for one sequence, a work-item per state in one work-group.
__kernel void hmm_forward(__global const float *trans,      // [to][from]
                          __global const float *emit,       // [symbol][state]
                          __global const float *start,
                          __global const uchar *obs, const int T, const int S,
                          __global float *loglik,
                          __local float *alpha, __local float *red)
{
    const int s = get_local_id(0);
    const int L = get_local_size(0);          // power of two, at least S
    float ll = 0.0f;
    float a = s < S ? start[s] * emit[obs[0] * S + s] : 0.0f;

    for (int t = 1; t <= T; ++t) {
        red[s] = a;
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int k = L >> 1; k > 0; k >>= 1) {
            if (s < k) red[s] += red[s + k];
            barrier(CLK_LOCAL_MEM_FENCE);
        }
        const float norm = red[0];
        ll += log(norm);
        alpha[s] = a / norm;
        barrier(CLK_LOCAL_MEM_FENCE);

        a = 0.0f;
        if (t < T && s < S) {
            for (int p = 0; p < S; ++p)
                a = fma(trans[s * S + p], alpha[p], a);
            a *= emit[obs[t] * S + s];
        }
    }
    if (s == 0) *loglik = ll;
}
