// Follows Viterbi back pointers for a batch of sequences, one sequence per work-item.
kernel void viterbi_traceback(global const ushort *back, global const ushort *last_state,
                              global ushort *path, int T, int states, int batch)
{
    int b = get_global_id(0);
    if (b >= batch) return;
    ushort s = last_state[b];
    for (int t = T - 1; t >= 0; --t) {
        path[(size_t)b * T + t] = s;
        s = back[((size_t)b * T + t) * states + s];
    }
}
