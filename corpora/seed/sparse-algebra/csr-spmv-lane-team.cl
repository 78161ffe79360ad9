// CSR product with a team of LANES work-items per row and a local-memory fold.
__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void csr_spmv_vec(const uint rows,
                  __global const uint * restrict rp,
                  __global const uint * restrict ci,
                  __global const double * restrict av,
                  __global const double * restrict xv,
                  __global double * restrict yv)
{
    enum { LANES = 16, TEAMS = 128 / LANES };
    __local double acc[128];

    const uint lid  = get_local_id(0);
    const uint lane = lid & (LANES - 1);
    const uint row  = get_group_id(0) * TEAMS + lid / LANES;

    double s = 0.0;
    if (row < rows) {
        const uint stop = rp[row + 1];
        for (uint k = rp[row] + lane; k < stop; k += LANES)
            s = fma(av[k], xv[ci[k]], s);
    }
    acc[lid] = s;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint w = LANES / 2; w > 0; w >>= 1) {
        if (lane < w)
            acc[lid] += acc[lid + w];
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (lane == 0 && row < rows)
        yv[row] = acc[lid];
}
