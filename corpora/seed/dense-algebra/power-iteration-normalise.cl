// Divides a vector by its norm, computed redundantly by one work-group with float2 loads.
kernel void normalise(global float *v, global float *norm_out, local float *sh, const int n)
{
    /* launch with exactly one work-group */
    const int lid = get_local_id(0), sz = get_local_size(0);
    float acc = 0.0f;
    for (int i = lid; i < n / 2; i += sz) {
        float2 t = vload2(i, v);
        acc += dot(t, t);
    }
    if (lid == 0 && (n & 1))
        acc += v[n - 1] * v[n - 1];
    sh[lid] = acc;
    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);

    float all = 0.0f;
    for (int k = 0; k < sz; ++k) all += sh[k];
    const float len = sqrt(all);
    const float inv = len > 0.0f ? native_recip(len) : 0.0f;

    for (int i = lid; i < n; i += sz) v[i] *= inv;
    if (lid == 0) *norm_out = len;
}
