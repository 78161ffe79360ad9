// One peeling round of k-core decomposition: removes vertices below k and lowers their neighbours' degree.
__kernel void kcore_peel(__global const int *ptr, __global const int *adj,
                         __global const uchar *doomed, __global uchar *alive,
                         volatile __global int *deg, int n)
{
    int v = get_global_id(0);
    if (v >= n || !doomed[v]) return;
    alive[v] = 0;
    for (int e = ptr[v]; e != ptr[v + 1]; ++e)
        atomic_dec(deg + adj[e]);
}
