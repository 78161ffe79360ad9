// Forward difference of neighbouring samples.
kernel void fdiff(global const double *f, global double *d, long n, double inv_h)
{
    long i = get_global_id(0);
    if (i < n - 1) d[i] = (f[i + 1] - f[i]) * inv_h;
}
