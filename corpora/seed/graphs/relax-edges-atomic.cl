// Bellman-Ford style relaxation of every edge with integer weights and an atomic minimum, double-buffered.
typedef struct { uint from, to; uint weight; } Edge;

kernel void relaxEdges(global const Edge* edges, uint numEdges,
                       global const uint* dist,
                       volatile global uint* nextDist,
                       volatile global uint* changed)
{
    for (uint i = get_global_id(0); i < numEdges; i += get_global_size(0)) {
        Edge e = edges[i];
        uint du = dist[e.from];
        if (du == UINT_MAX) continue;
        uint cand = add_sat(du, e.weight);
        uint old = atomic_min(&nextDist[e.to], cand);
        if (cand < old)
            atomic_or(changed, 1u);
    }
}
