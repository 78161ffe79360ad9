// Inverted dropout driven by a counter-based hash, so no random state is stored.
kernel void dropout(global const float *x, global float *y, uint seed, uint keep_threshold, float scale, uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    uint h = i ^ seed;
    h = (h ^ (h >> 16)) * 0x45D9F3Bu;
    h = (h ^ (h >> 16)) * 0x45D9F3Bu;
    h ^= h >> 16;
    y[i] = h < keep_threshold ? x[i] * scale : 0.0f;
}
