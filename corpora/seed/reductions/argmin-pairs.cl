// Finds the smallest value and its index within each work-group (ties go to the lower index).
struct candidate {
    float value;
    int   index;
};

struct candidate pick(struct candidate a, struct candidate b)
{
    if (b.value < a.value) return b;
    if (b.value == a.value && b.index < a.index) return b;
    return a;
}

__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void argmin_groups(__global const float *values,
                   __global float *out_value,
                   __global int *out_index,
                   const int count)
{
    __local struct candidate pool[128];

    const int lid = get_local_id(0);
    struct candidate mine;
    mine.value = INFINITY;
    mine.index = INT_MAX;

    for (int i = get_global_id(0); i < count; i += get_global_size(0)) {
        struct candidate c;
        c.value = values[i];
        c.index = i;
        mine = pick(mine, c);
    }

    pool[lid] = mine;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int width = 64; width >= 1; width /= 2) {
        if (lid < width) {
            struct candidate a = pool[lid];
            struct candidate b = pool[lid + width];
            pool[lid] = pick(a, b);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (lid == 0) {
        out_value[get_group_id(0)] = pool[0].value;
        out_index[get_group_id(0)] = pool[0].index;
    }
}
