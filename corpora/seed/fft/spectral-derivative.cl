// Multiplies a 1-D spectrum by i*k (double precision) and zeroes the Nyquist mode.
kernel void spectral_ddx(global double2 *hat, int n, double two_pi_over_L)
{
    int i = get_global_id(0);
    if (i >= n) return;
    int k = i <= n / 2 ? i : i - n;
    if (2 * i == n) {
        hat[i] = (double2)(0.0, 0.0);
    } else {
        double wave = two_pi_over_L * (double)k;
        double2 v = hat[i];
        hat[i] = (double2)(-wave * v.y, wave * v.x);
    }
}
