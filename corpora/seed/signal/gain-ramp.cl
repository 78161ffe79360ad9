// Applies a linear gain ramp to float audio.
kernel void gain_ramp(global float *x, float g0, float g1, int n) {
    int i = get_global_id(0);
    if (i < n) x[i] *= mix(g0, g1, (float)i / n);
}
