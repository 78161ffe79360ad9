// Jaro similarity of fixed-width name pairs of at most 32 characters using bit masks.
kernel void jaro(global const uchar *names_a, global const uchar *names_b,
                 global const uchar2 *lens, global float *sim, int pairs)
{
    const int id = get_global_id(0);
    if (id >= pairs) return;

    const global uchar *a = names_a + id * 32;
    const global uchar *b = names_b + id * 32;
    const int la = min((int)lens[id].x, 32);
    const int lb = min((int)lens[id].y, 32);
    if (la == 0 || lb == 0) {
        sim[id] = (la == lb) ? 1.0f : 0.0f;
        return;
    }

    const int reach = max(max(la, lb) / 2 - 1, 0);
    uint used_a = 0, used_b = 0;
    for (int i = 0; i < la; ++i) {
        const int hi = min(lb - 1, i + reach);
        for (int j = max(0, i - reach); j <= hi; ++j) {
            if (!(used_b >> j & 1u) && a[i] == b[j]) {
                used_a |= 1u << i;
                used_b |= 1u << j;
                break;
            }
        }
    }

    const float m = (float)popcount(used_a);
    int swaps = 0;
    while (used_a) {
        const int i = 31 - clz(used_a & -used_a);
        const int j = 31 - clz(used_b & -used_b);
        swaps += a[i] != b[j];
        used_a &= used_a - 1;
        used_b &= used_b - 1;
    }
    sim[id] = m > 0.0f ? (m / la + m / lb + (m - swaps / 2) / m) / 3.0f : 0.0f;
}
