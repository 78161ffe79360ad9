// Gathers embedding rows for token ids; out-of-range ids give a zero row.
__kernel void embed(__global const int *ids, __global const float *table, __global float *out,
                    int tokens, int dim, int vocab)
{
    int d = get_global_id(0), t = get_global_id(1);
    if (d >= dim || t >= tokens) return;
    int id = ids[t];
    bool ok = id >= 0 && id < vocab;
    out[t * dim + d] = ok ? table[id * dim + d] : 0.0f;
}
