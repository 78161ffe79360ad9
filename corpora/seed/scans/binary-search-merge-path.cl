// Splits a merge of two sorted arrays evenly and merges one diagonal segment per work-item.
int diagonal_split(__global const int *a, int na, __global const int *b, int nb, int diag)
{
    int lo = max(0, diag - nb);
    int hi = min(diag, na);
    while (lo < hi) {
        int mid = (lo + hi) >> 1;
        if (a[mid] <= b[diag - 1 - mid])
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

__kernel void merge_segments(__global const int *a, int na,
                             __global const int *b, int nb,
                             __global int *merged, int per_item)
{
    int begin = get_global_id(0) * per_item;
    int end = min(begin + per_item, na + nb);
    if (begin >= end)
        return;

    int i = diagonal_split(a, na, b, nb, begin);
    int j = begin - i;
    for (int k = begin; k < end; ++k) {
        bool take_a = j >= nb || (i < na && a[i] <= b[j]);
        merged[k] = take_a ? a[i++] : b[j++];
    }
}
