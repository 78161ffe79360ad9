// Advances Levenshtein distance by one anti-diagonal using three rolling diagonals.
kernel void edit_diag(global const uchar *a, int la, global const uchar *b, int lb,
                      global const int *prev2, global const int *prev, global int *cur, int diag)
{
    /* cell (i, j) with i + j == diag, indexed by i */
    const int i = (int)get_global_id(0) + max(0, diag - lb);
    const int j = diag - i;
    if (i > la || j < 0) return;

    if (i == 0 || j == 0) {
        cur[i] = diag;
        return;
    }
    const int sub = prev2[i - 1] + (a[i - 1] != b[j - 1]);
    const int gap = min(prev[i - 1], prev[i]) + 1;
    cur[i] = min(sub, gap);
}
