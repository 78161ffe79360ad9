// Clears a flag as soon as any adjacent pair is out of order.
kernel void is_sorted(global const double *v, volatile global int *ok, ulong n) {
    ulong step = get_global_size(0);
    for (ulong i = get_global_id(0); i + 1 < n; i += step) {
        if (v[i] > v[i + 1]) {
            atomic_and(ok, 0);
            break;
        }
    }
}
