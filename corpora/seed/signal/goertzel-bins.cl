// Goertzel power at a handful of frequencies for each block of samples.
kernel void goertzel(global const float *x, global float *power, constant float *coeff,
                     int block, int bins, int blocks)
{
    int bin = get_global_id(0), blk = get_global_id(1);
    if (bin >= bins || blk >= blocks) return;
    float c = coeff[bin], s1 = 0.f, s2 = 0.f;
    global const float *p = x + blk * block;
    for (int left = block; left--; ) {
        float s0 = *p++ + c * s1 - s2;
        s2 = s1;
        s1 = s0;
    }
    power[blk * bins + bin] = s1 * s1 + s2 * s2 - c * s1 * s2;
}
