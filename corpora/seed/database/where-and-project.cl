// Fused filter and projection: revenue of line items that satisfy three predicates, summed per group.
typedef struct __attribute__((packed)) {
    int   ship_day;
    float price;
    float discount;
    short quantity;
    char  status;
    char  pad;
} LineItem;

__kernel void filtered_revenue(__global const LineItem *items, const int n,
                               const int day_from, const int day_to,
                               const float disc_mid, const short max_qty,
                               __global float *partial, __local float *sums)
{
    float acc = 0.0f;

    for (int i = get_global_id(0); i < n; i += get_global_size(0)) {
        const LineItem it = items[i];
        if (it.ship_day < day_from || it.ship_day >= day_to) continue;
        if (fabs(it.discount - disc_mid) > 0.0101f) continue;
        if (it.quantity >= max_qty || it.status == 'X') continue;
        acc += it.price * it.discount;
    }

    const int lid = get_local_id(0);
    sums[lid] = acc;
    int active = get_local_size(0);
    while (active > 1) {
        barrier(CLK_LOCAL_MEM_FENCE);
        const int half_up = (active + 1) / 2;
        if (lid + half_up < active)
            sums[lid] += sums[lid + half_up];
        active = half_up;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lid == 0)
        partial[get_group_id(0)] = sums[0];
}
