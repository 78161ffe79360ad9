// Brute-force rank sort: every item counts the keys that precede it and scatters itself.
kernel void rank_sort(global const float *in, global float *out, int n)
{
    int i = get_global_id(0);
    if (i >= n) return;
    float key = in[i];
    int rank = 0;
    for (int j = 0; j < n; ++j) {
        float other = in[j];
        rank += (other < key) || (other == key && j < i);
    }
    out[rank] = key;
}
