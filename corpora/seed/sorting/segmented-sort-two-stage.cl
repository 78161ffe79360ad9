// Segment sort in two kernels: classify segments by length, then sort the short ones in private memory.
#define SHORT_MAX 24

typedef struct {
    uint begin;
    uint end;
} segment_t;

__kernel void classify_segments(__global const segment_t *segs, const uint nseg,
                                __global uint *short_list, volatile __global uint *short_count,
                                __global uint *long_list, volatile __global uint *long_count)
{
    const uint s = get_global_id(0);
    if (s >= nseg)
        return;

    const uint len = segs[s].end - segs[s].begin;
    if (len < 2)
        return;
    if (len <= SHORT_MAX)
        short_list[atomic_inc(short_count)] = s;
    else
        long_list[atomic_inc(long_count)] = s;
}

static void sift(float *k, uint *v, int root, int size)
{
    for (;;) {
        int child = 2 * root + 1;
        if (child >= size)
            return;
        if (child + 1 < size && k[child + 1] > k[child])
            ++child;
        if (k[root] >= k[child])
            return;

        const float tk = k[root];
        k[root] = k[child];
        k[child] = tk;
        const uint tv = v[root];
        v[root] = v[child];
        v[child] = tv;
        root = child;
    }
}

__kernel void sort_short_segments(__global const segment_t *segs,
                                  __global const uint *short_list, const uint n,
                                  __global float *key, __global uint *val)
{
    const uint t = get_global_id(0);
    if (t >= n)
        return;

    const segment_t seg = segs[short_list[t]];
    const int len = min((int)(seg.end - seg.begin), SHORT_MAX);

    float k[SHORT_MAX];
    uint v[SHORT_MAX];
    for (int i = 0; i < len; ++i) {
        k[i] = key[seg.begin + i];
        v[i] = val[seg.begin + i];
    }

    for (int i = len / 2 - 1; i >= 0; --i)
        sift(k, v, i, len);
    for (int last = len - 1; last > 0; --last) {
        const float tk = k[0];
        k[0] = k[last];
        k[last] = tk;
        const uint tv = v[0];
        v[0] = v[last];
        v[last] = tv;
        sift(k, v, 0, last);
    }

    for (int i = 0; i < len; ++i) {
        key[seg.begin + i] = k[i];
        val[seg.begin + i] = v[i];
    }
}
