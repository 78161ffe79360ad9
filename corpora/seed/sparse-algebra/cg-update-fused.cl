// Fused conjugate-gradient step: updates solution and residual and leaves per-group residual norms.
__kernel void cg_step(__global float *x, __global float *r,
                      __global const float *p, __global const float *Ap,
                      __global float *rr_partial,
                      __local float *tmp,
                      const float alpha, const int n)
{
    int lid = get_local_id(0);
    float rr = 0.f;
    for (int i = get_global_id(0); i < n; i += get_global_size(0)) {
        x[i] += alpha * p[i];
        float ri = r[i] - alpha * Ap[i];
        r[i] = ri;
        rr += ri * ri;
    }
    tmp[lid] = rr;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int s = get_local_size(0) / 2; s; s >>= 1) {
        if (lid < s) tmp[lid] += tmp[lid + s];
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    if (!lid) rr_partial[get_group_id(0)] = tmp[0];
}
