// Bootstrap resampling: each work-item averages n random picks from the sample.
kernel void bootstrap_means(global const double *sample, uint n, global double *means, uint reps, uint seed)
{
    uint rep = get_global_id(0);
    if (rep >= reps) return;
    uint h = seed * 31u + rep * 0x01000193u + 7u;
    double sum = 0;
    for (uint k = 0; k < n; k++) {
        h = h * 1103515245u + 12345u;
        sum += sample[mul_hi(h ^ (h >> 16), n)];
    }
    means[rep] = sum / n;
}
