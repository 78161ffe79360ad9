// Backward induction on a binomial lattice for an American put, one node column per launch.
kernel void american_put_column(global const double *next, global double *now,
                                double spot, double up, double p, double disc,
                                double strike, int step)
{
    const int k = get_global_id(0);
    if (k > step)
        return;
    const double hold = disc * (p * next[k + 1] + (1.0 - p) * next[k]);
    const double s = spot * pown(up, 2 * k - step);
    now[k] = fmax(hold, strike - s);
}
