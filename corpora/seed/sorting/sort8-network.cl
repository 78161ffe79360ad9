// Sorts eight floats per work-item with a vectorised sorting network.
static inline float8 exchange(float8 v, float8 w, int8 take_max)
{
    return select(fmin(v, w), fmax(v, w), take_max);
}

kernel void sort8(global float *data, uint groups)
{
    uint g = get_global_id(0);
    if (g >= groups) return;

    float8 v = vload8(g, data);

    v = exchange(v, v.s10325476, (int8)( 0,-1,-1, 0, 0,-1,-1, 0));
    v = exchange(v, v.s23016745, (int8)( 0, 0,-1,-1,-1,-1, 0, 0));
    v = exchange(v, v.s10325476, (int8)( 0,-1, 0,-1,-1, 0,-1, 0));
    v = exchange(v, v.s45670123, (int8)( 0, 0, 0, 0,-1,-1,-1,-1));
    v = exchange(v, v.s23016745, (int8)( 0, 0,-1,-1, 0, 0,-1,-1));
    v = exchange(v, v.s10325476, (int8)( 0,-1, 0,-1, 0,-1, 0,-1));

    vstore8(v, g, data);
}
