// Kaiser window weights with a series for the modified Bessel function I0.
static double besselI0(double x)
{
    const double q = 0.25 * x * x;
    double term = 1.0, sum = 1.0;
    int k = 1;
    do {
        term *= q / ((double)k * k);
        sum += term;
        ++k;
    } while (term > 1e-15 * sum && k < 200);
    return sum;
}

__kernel void kaiser(__global float *w, const int n, const double beta)
{
    const int i = get_global_id(0);
    if (i >= n) return;
    const double r = n > 1 ? 2.0 * i / (n - 1) - 1.0 : 0.0;
    w[i] = (float)(besselI0(beta * sqrt(fmax(0.0, 1.0 - r * r))) / besselI0(beta));
}
