// z = a*x + b*y for double vectors.
__kernel void axpby(ulong n, double a, __global const double *x, double b, __global const double *y, __global double *z)
{
    ulong i = get_global_id(0);
    if (i < n) z[i] = fma(a, x[i], b * y[i]);
}
