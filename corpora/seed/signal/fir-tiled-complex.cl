// Complex FIR with the input tile and its halo staged in local memory.
#define MAX_TAPS 65
#define WG 128

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void fir_complex(__global const float2 *in, __global float2 *out,
                 __constant float2 *taps, const int ntaps, const int n)
{
    __local float2 tile[WG + MAX_TAPS - 1];

    const int lid = get_local_id(0);
    const int base = get_group_id(0) * WG;
    const int need = WG + ntaps - 1;

    for (int k = lid; k < need; k += WG) {
        const int src = base + k - (ntaps - 1);
        tile[k] = (src >= 0 && src < n) ? in[src] : (float2)(0.0f, 0.0f);
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    float2 acc = (float2)(0.0f, 0.0f);
    for (int t = 0; t < ntaps; ++t) {
        const float2 a = taps[t];
        const float2 b = tile[lid + ntaps - 1 - t];
        acc.x += a.x * b.x - a.y * b.y;
        acc.y += a.x * b.y + a.y * b.x;
    }
    if (base + lid < n)
        out[base + lid] = acc;
}
