// Number of ways to make each amount with one more coin, one residue class per work-item.
kernel void coin_ways(global ulong *ways, uint amount, uint coin)
{
    uint r = get_global_id(0);
    if (r >= coin) return;
    for (uint v = r + coin; v <= amount; v += coin)
        ways[v] += ways[v - coin];
}
