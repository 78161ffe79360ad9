// Longest strictly increasing subsequence length of short rows by patience piles.
kernel void lis_rows(global const int *rows, global int *lis, int rowLen, int numRows)
{
    const int r = get_global_id(0);
    if (r >= numRows) return;

    int pile[48];
    int piles = 0;
    const int m = min(rowLen, 48);

    for (int i = 0; i < m; ++i)
    {
        const int v = rows[r * rowLen + i];
        int lo = 0, hi = piles;
        while (lo < hi)
        {
            int mid = (lo + hi) / 2;
            if (pile[mid] < v) lo = mid + 1; else hi = mid;
        }
        pile[lo] = v;
        if (lo == piles) ++piles;
    }
    lis[r] = piles;
}
