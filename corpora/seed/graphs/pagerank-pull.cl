// Pull-style PageRank update over the transposed CSR adjacency.
kernel void pagerank_pull(global const int *in_ptr, global const int *in_src,
                          global const float *contrib,   /* rank / out-degree */
                          global float *rank, int n, float damping)
{
    int v = get_global_id(0);
    if (v < n) {
        float acc = 0.0f;
        for (int e = in_ptr[v]; e < in_ptr[v + 1]; e++)
            acc += contrib[in_src[e]];
        rank[v] = (1.0f - damping) / (float)n + damping * acc;
    }
}
