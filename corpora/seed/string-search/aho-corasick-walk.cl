// Runs an Aho-Corasick automaton (dense goto table) over text chunks with a warm-up overlap.
__kernel void ac_walk(__global const int* restrict delta,        // [state * 256 + byte]
                      __global const uint* restrict out_mask,    // patterns ending in each state
                      __global const uchar* restrict text,
                      const uint n,
                      const uint chunk,
                      const uint overlap,
                      __global uint* restrict seen)
{
    const uint begin = get_global_id(0) * chunk;
    if (begin >= n) return;

    const uint end  = min(begin + chunk, n);
    const uint warm = begin > overlap ? begin - overlap : 0u;

    int state = 0;
    uint mask = 0;

    for (uint i = warm; i < begin; ++i)
        state = delta[state * 256 + text[i]];

    for (uint i = begin; i < end; ++i) {
        state = delta[state * 256 + text[i]];
        mask |= out_mask[state];
    }
    seen[get_global_id(0)] = mask;
}
