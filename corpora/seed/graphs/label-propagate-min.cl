// Connected components step: each vertex hooks to the smallest label seen among its neighbours.
kernel void propagate_min_label(global const int *xadj, global const int *adj,
                                global const int *label_in, global int *label_out,
                                global int *dirty, const int n)
{
    const int v = get_global_id(0);
    if (v >= n) return;
    const int mine = label_in[v];
    int best = mine;
    for (int k = xadj[v], end = xadj[v + 1]; k < end; ++k)
        best = min(best, label_in[adj[k]]);
    label_out[v] = best;
    if (best != mine)
        atomic_xchg(dirty, 1);
}
