// Floyd-Warshall update for a fixed intermediate vertex, reading one buffer and writing another.
__kernel void fw_step(__global const float *d_in, __global float *d_out, int n, int k)
{
    int j = get_global_id(0);
    int i = get_global_id(1);
    if (i < n && j < n)
        d_out[i * n + j] = fmin(d_in[i * n + j], d_in[i * n + k] + d_in[k * n + j]);
}
