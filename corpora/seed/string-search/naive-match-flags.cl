// Flags every text position where the pattern occurs.
kernel void match_flags(global const uchar *text, int n, constant uchar *pat, int m, global uchar *flag)
{
    int i = get_global_id(0);
    if (i >= n) return;
    int ok = i + m <= n;
    for (int k = 0; ok && k < m; ++k)
        ok = text[i + k] == pat[k];
    flag[i] = (uchar)ok;
}
