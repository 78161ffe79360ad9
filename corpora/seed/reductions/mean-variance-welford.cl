// Per-segment mean and variance by Welford's running update (one work-item per segment).
__kernel void segment_stats(__global const float *samples,
                            __global const int *seg_begin,   /* num_segs + 1 offsets */
                            __global float2 *stats,          /* .x mean, .y variance */
                            const int num_segs)
{
    const int s = get_global_id(0);
    if (s >= num_segs)
        return;

    float mean = 0.0f;
    float m2 = 0.0f;
    int k = 0;

    for (int i = seg_begin[s]; i < seg_begin[s + 1]; ++i) {
        ++k;
        const float delta = samples[i] - mean;
        mean += delta / (float)k;
        m2 += delta * (samples[i] - mean);
    }

    stats[s] = (float2)(mean, k > 1 ? m2 / (float)(k - 1) : 0.0f);
}
