// Finds merge-path split points along evenly spaced diagonals of two sorted arrays.
kernel void merge_path_diagonals(global const int *a, const int na,
                                 global const int *b, const int nb,
                                 global int2 *splits,
                                 const int spacing, const int ndiag)
{
    const int d = get_global_id(0);
    if (d >= ndiag) return;

    const int diag = min(d * spacing, na + nb);
    int lo = max(0, diag - nb);
    int hi = min(diag, na);

    while (lo < hi) {
        const int mid = (lo + hi) >> 1;
        if (a[mid] <= b[diag - 1 - mid])
            lo = mid + 1;
        else
            hi = mid;
    }
    splits[d] = (int2)(lo, diag - lo);
}
