// Counts triangles by intersecting the sorted neighbour lists at both ends of each edge.
__kernel void TriangleCount(__global const int* rowStart,
                            __global const int* neighbours,
                            __global const int2* edgeList,
                            __global uint* perEdge,
                            const int edgeCount)
{
    const int e = get_global_id(0);
    if (e >= edgeCount) return;

    const int2 uv = edgeList[e];
    int i = rowStart[uv.x];
    int j = rowStart[uv.y];
    const int iEnd = rowStart[uv.x + 1];
    const int jEnd = rowStart[uv.y + 1];

    uint hits = 0;
    while (i < iEnd && j < jEnd) {
        const int a = neighbours[i];
        const int b = neighbours[j];
        hits += (a == b);
        i += (a <= b);
        j += (b <= a);
    }
    perEdge[e] = hits;
}
