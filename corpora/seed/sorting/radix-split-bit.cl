// Stable one-bit split: scatters elements using a precomputed exclusive scan of the zero flags.
kernel void SplitByBit(global const ulong* restrict src,
                       global ulong* restrict dst,
                       global const uint* restrict zeroScan,
                       uint totalZeros, uint bit, uint n)
{
    uint i = get_global_id(0);
    if (i < n)
    {
        ulong v = src[i];
        uint zerosBefore = zeroScan[i];
        bool isOne = (v >> bit) & 1UL;
        uint pos = isOne ? totalZeros + (i - zerosBefore) : zerosBefore;
        if (pos < n)
            dst[pos] = v;
    }
}
