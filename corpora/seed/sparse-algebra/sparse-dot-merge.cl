// Dot product of pairs of sorted sparse vectors by a two-pointer merge.
__kernel void sparse_pair_dot(__global const uint *start,   // 2 * pairs + 1 offsets into idx/val
                              __global const uint *idx,
                              __global const float *val,
                              __global float *dots,
                              uint pairs)
{
    uint p = get_global_id(0);
    if (p >= pairs) return;

    uint a = start[2 * p], a_end = start[2 * p + 1];
    uint b = a_end,        b_end = start[2 * p + 2];

    float s = 0.0f;
    while (a < a_end && b < b_end) {
        uint ia = idx[a], ib = idx[b];
        if (ia == ib) {
            s += val[a++] * val[b++];
        } else if (ia < ib) {
            ++a;
        } else {
            ++b;
        }
    }
    dots[p] = s;
}
