// One Viterbi step in log space: each state picks its best predecessor and stores a back pointer.
__kernel void viterbi_step(__global const float* restrict score_prev,
                           __global const float* restrict log_trans,   // [from][to]
                           __global const float* restrict log_emit,    // this observation, per state
                           __global float* restrict score_next,
                           __global ushort* restrict back,
                           const int states)
{
    const int s = get_global_id(0);
    if (s >= states) return;

    float best = -INFINITY;
    ushort arg = 0;
    for (int p = 0; p < states; ++p) {
        const float cand = score_prev[p] + log_trans[p * states + s];
        if (cand > best) {
            best = cand;
            arg = (ushort)p;
        }
    }
    score_next[s] = best + log_emit[s];
    back[s] = arg;
}
