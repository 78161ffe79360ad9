// Modular exponentiation of each base in the field of 2^61-1.
__constant ulong P61 = (1UL << 61) - 1;

static ulong mulP61(ulong a, ulong b)
{
    ulong lo = a * b;
    ulong hi = mul_hi(a, b);
    ulong r = (lo & P61) + ((lo >> 61) | (hi << 3));
    r = (r & P61) + (r >> 61);
    return r >= P61 ? r - P61 : r;
}

__kernel void pow_mod(__global const ulong* base, __global const ulong* expo,
                      __global ulong* result, const uint n)
{
    const uint i = get_global_id(0);
    if (i >= n) return;

    ulong b = base[i] % P61;
    ulong e = expo[i];
    ulong acc = 1;
    while (e) {
        if (e & 1UL) acc = mulP61(acc, b);
        b = mulP61(b, b);
        e >>= 1;
    }
    result[i] = acc;
}
