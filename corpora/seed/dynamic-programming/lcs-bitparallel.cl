// Bit-parallel longest common subsequence length of a 64-symbol pattern against many texts.
kernel void lcs_bits(constant ulong *mask,              // 256 entries, bit i set where pattern[i] == symbol
                     global const uchar *texts, uint text_len, uint texts_n,
                     global uchar *lcs)
{
    uint t = get_global_id(0);
    if (t >= texts_n) return;
    ulong v = ~0UL;
    for (uint k = 0; k < text_len; ++k) {
        ulong u = v & mask[texts[k * texts_n + t]];
        v = (v + u) | (v - u);
    }
    lcs[t] = (uchar)popcount(~v);
}
