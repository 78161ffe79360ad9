// Grid-stride maximum of an int array, merged across work-groups with one atomic each.
kernel void imax_all(global const int *v, volatile global int *result, const int n)
{
    local int groupBest;
    if (get_local_id(0) == 0)
        groupBest = INT_MIN;
    barrier(CLK_LOCAL_MEM_FENCE);

    int best = INT_MIN;
    for (int i = get_global_id(0); i < n; i += get_global_size(0))
        best = max(best, v[i]);

    atomic_max(&groupBest, best);
    barrier(CLK_LOCAL_MEM_FENCE);

    if (get_local_id(0) == 0)
        atomic_max(result, groupBest);
}
