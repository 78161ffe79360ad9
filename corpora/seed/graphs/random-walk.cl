// Fixed-length random walks on a CSR graph, recording the visited vertices.
uint next_rand(uint *s)
{
    uint x = *s;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *s = x;
}

kernel void random_walks(global const uint* offs, global const uint* nbrs,
                         global uint* path, uint walkLen, uint walks,
                         uint n, uint seed)
{
    uint w = get_global_id(0);
    if (w >= walks) return;

    uint rng = (seed ^ (w * 2654435769u)) | 1u;
    uint cur = w % n;
    for (uint step = 0; step < walkLen; ++step) {
        path[step * walks + w] = cur;           // step-major so that stores coalesce
        uint deg = offs[cur + 1] - offs[cur];
        if (deg != 0)
            cur = nbrs[offs[cur] + mul_hi(next_rand(&rng), deg)];
    }
}
