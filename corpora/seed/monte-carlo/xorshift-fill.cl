// Fills a buffer with uniform floats in [0,1) from per-item xorshift128 state.
kernel void xs128_fill(global uint4 *state, global float *out, uint per_item)
{
    const size_t id = get_global_id(0), stride = get_global_size(0);
    uint4 s = state[id];
    for (uint k = 0; k < per_item; ++k) {
        uint t = s.x ^ (s.x << 11);
        s.xyz = s.yzw;
        s.w ^= (s.w >> 19) ^ t ^ (t >> 8);
        out[k * stride + id] = (float)(s.w >> 8) * 0x1p-24f;
    }
    state[id] = s;
}
