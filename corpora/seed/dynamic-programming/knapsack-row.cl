// 0/1 knapsack: processes one item across all capacities, double-buffered.
kernel void knapsack_item(global const int *best_in, global int *best_out,
                          int weight, int value, int capacity)
{
    int c = get_global_id(0);
    if (c > capacity) return;
    int keep = best_in[c];
    best_out[c] = c >= weight ? max(keep, best_in[c - weight] + value) : keep;
}
