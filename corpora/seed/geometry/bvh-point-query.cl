// Walks a stackless bounding-volume hierarchy with skip links, counting leaves that hold each point.
typedef struct {
    float lo[3];
    int   skip;      /* next node when this subtree is rejected or finished */
    float hi[3];
    int   leaf;      /* item id, or -1 for inner nodes */
} bvh_node;

__kernel void bvh_points(__global const bvh_node *nodes, int node_count,
                         __global const float *pts, __global int *count, int n)
{
    const int gid = get_global_id(0);
    if (gid >= n) return;

    const float3 p = vload3(gid, pts);
    int cur = 0, total = 0;

    while (cur < node_count) {
        __global const bvh_node *nd = nodes + cur;
        const bool in = p.x >= nd->lo[0] && p.x <= nd->hi[0] &&
                        p.y >= nd->lo[1] && p.y <= nd->hi[1] &&
                        p.z >= nd->lo[2] && p.z <= nd->hi[2];
        if (in) {
            total += nd->leaf >= 0;
            ++cur;
        } else {
            cur = max(nd->skip, cur + 1);
        }
    }
    count[gid] = total;
}
