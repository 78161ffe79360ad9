// Out-degree of each vertex from CSR offsets.
kernel void out_degree(global const uint *offsets, global uint *degree) {
    size_t v = get_global_id(0);
    degree[v] = offsets[v + 1] - offsets[v];
}
