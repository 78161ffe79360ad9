// Path compression: replaces each parent pointer by its root, double-buffered.
kernel void compress_paths(global const uint *parent, global uint *root, uint n)
{
    uint v = get_global_id(0);
    if (v >= n) return;
    uint p = parent[v];
    uint hops = 0;
    while (parent[p] != p && hops < n) {
        p = parent[p];
        ++hops;
    }
    root[v] = p;
}
