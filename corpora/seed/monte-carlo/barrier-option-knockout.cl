// Down-and-out call: paths die on the barrier, survivors pay the intrinsic value in double precision.
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

kernel void DownAndOutCall(global const double *gauss,   // path-major
                           global double *value,
                           const double spot, const double strike, const double knock,
                           const double driftStep, const double volStep,
                           const uint nSteps, const uint nPaths)
{
    const uint path = get_global_id(0);
    if (path >= nPaths) return;

    global const double *z = gauss + (size_t)path * nSteps;
    double s = spot;
    uint t = 0;
    while (t < nSteps && s > knock)
    {
        s *= exp(driftStep + volStep * z[t]);
        ++t;
    }
    value[path] = (s > knock) ? max(s - strike, 0.0) : 0.0;
}
