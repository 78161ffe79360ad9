// Transitive closure step for one pivot vertex on a bit-packed adjacency matrix, double-buffered.
kernel void closure_pivot(global const uint *restrict bits_in, global uint *restrict bits_out,
                          const uint words, const uint n, const uint pivot)
{
    const uint w = get_global_id(0);
    const uint row = get_global_id(1);
    if (w >= words || row >= n) return;

    const uint reach = bits_in[row * words + (pivot >> 5)] >> (pivot & 31u) & 1u;
    uint v = bits_in[row * words + w];
    if (reach)
        v |= bits_in[pivot * words + w];
    bits_out[row * words + w] = v;
}
