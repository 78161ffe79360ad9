// Partial modularity: intra-community edge weight of each vertex minus the expected share.
kernel void modularity_terms(global const int *ptr, global const int *adj, global const double *w,
                             global const int *comm, global const double *k, global const double *comm_k,
                             global double *term, double two_m, int n)
{
    int v = get_global_id(0);
    if (v >= n) return;
    int c = comm[v];
    double inside = 0.0;
    for (int e = ptr[v]; e < ptr[v + 1]; ++e)
        if (comm[adj[e]] == c) inside += w[e];
    term[v] = inside / two_m - k[v] * comm_k[c] / (two_m * two_m);
}
