// Segmented inclusive sum inside a work-group; a head flag of 1 restarts the running total.
typedef struct { float sum; int head; } seg_t;

static seg_t seg_combine(seg_t left, seg_t right)
{
    seg_t r;
    r.sum  = right.head ? right.sum : left.sum + right.sum;
    r.head = left.head | right.head;
    return r;
}

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void segmented_scan64(__global const float *vals, __global const int *heads,
                      __global float *out, const int n)
{
    __local seg_t s[64];
    const int lid = get_local_id(0), gid = get_global_id(0);

    seg_t mine = { 0.0f, 1 };
    if (gid < n) {
        mine.sum = vals[gid];
        mine.head = heads[gid];
    }
    s[lid] = mine;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int d = 1; d < 64; d *= 2) {
        seg_t other = { 0.0f, 0 };
        if (lid >= d)
            other = s[lid - d];
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lid >= d) {
            mine = seg_combine(other, mine);
            s[lid] = mine;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (gid < n)
        out[gid] = mine.sum;
}
