// Count, sum, sum of squares, min and max of finite samples, reduced per work-group then merged by a second kernel.
typedef struct {
    float sum;
    float sum_sq;
    float lo;
    float hi;
    uint  count;
    uint  skipped;
} Summary;

void summary_clear(Summary *s)
{
    s->sum = 0.0f;
    s->sum_sq = 0.0f;
    s->lo = FLT_MAX;
    s->hi = -FLT_MAX;
    s->count = 0;
    s->skipped = 0;
}

void summary_push(Summary *s, float v)
{
    if (!isfinite(v)) {
        s->skipped++;
        return;
    }
    s->sum += v;
    s->sum_sq = fma(v, v, s->sum_sq);
    s->lo = fmin(s->lo, v);
    s->hi = fmax(s->hi, v);
    s->count++;
}

Summary summary_merge(Summary a, Summary b)
{
    Summary r;
    r.sum = a.sum + b.sum;
    r.sum_sq = a.sum_sq + b.sum_sq;
    r.lo = fmin(a.lo, b.lo);
    r.hi = fmax(a.hi, b.hi);
    r.count = a.count + b.count;
    r.skipped = a.skipped + b.skipped;
    return r;
}

__kernel void summarise(__global const float *samples,
                        __global Summary *per_group,
                        __local Summary *stage,
                        const uint n)
{
    const uint lid = get_local_id(0);
    const uint stride = get_global_size(0);

    Summary mine;
    summary_clear(&mine);
    for (uint i = get_global_id(0); i < n; i += stride)
        summary_push(&mine, samples[i]);

    stage[lid] = mine;
    barrier(CLK_LOCAL_MEM_FENCE);

    /* fold by distance so that any group size works */
    for (uint dist = 1; dist < get_local_size(0); dist <<= 1) {
        const bool owner = (lid % (2 * dist)) == 0 && lid + dist < get_local_size(0);
        if (owner) {
            Summary a = stage[lid], b = stage[lid + dist];
            stage[lid] = summary_merge(a, b);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (lid == 0)
        per_group[get_group_id(0)] = stage[0];
}

__kernel void summarise_finish(__global const Summary *per_group,
                               __global float *report,      /* mean, stddev, min, max */
                               const uint groups)
{
    if (get_global_id(0) != 0)
        return;

    Summary all;
    summary_clear(&all);
    for (uint g = 0; g < groups; ++g) {
        Summary one = per_group[g];
        all = summary_merge(all, one);
    }

    const float inv = all.count ? 1.0f / (float)all.count : 0.0f;
    const float mean = all.sum * inv;
    const float var = fmax(all.sum_sq * inv - mean * mean, 0.0f);
    report[0] = mean;
    report[1] = sqrt(var);
    report[2] = all.lo;
    report[3] = all.hi;
}
