// Peak level across a stereo buffer, published through an integer atomic on the float bits.
kernel void peak_meter(global const float2 *lr, volatile global int *peak_bits, uint n)
{
    float p = 0.0f;
    for (uint i = get_global_id(0); i < n; i += get_global_size(0))
        p = fmax(p, fmax(fabs(lr[i].x), fabs(lr[i].y)));
    atomic_max(peak_bits, as_int(p));   // non-negative floats order like ints
}
