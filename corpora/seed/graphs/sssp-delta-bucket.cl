// Delta-stepping: drains one distance bucket, relaxing light edges and flagging vertices for later buckets.
__kernel void drain_bucket(__global const uint *row, __global const uint *col, __global const float *w,
                           volatile __global int *dist_bits,        /* float distances as int bits */
                           __global const uint *bucket, const uint bucket_len,
                           __global uint *requeue, volatile __global uint *requeue_len,
                           volatile __global uint *queued_mask,
                           const float bucket_end, const float delta)
{
    const uint group = get_group_id(0);
    const uint lane = get_local_id(0);
    const uint lanes = get_local_size(0);

    for (uint b = group; b < bucket_len; b += get_num_groups(0)) {
        const uint u = bucket[b];
        const float du = as_float(atomic_add(&dist_bits[u], 0));
        const uint last = row[u + 1];

        for (uint e = row[u] + lane; e < last; e += lanes) {
            const float len = w[e];
            if (len > delta)
                continue;

            const uint v = col[e];
            const float nd = du + len;
            const int before = atomic_min(&dist_bits[v], as_int(nd));
            if (as_int(nd) >= before)
                continue;

            if (nd < bucket_end) {
                const uint bit = 1u << (v & 31u);
                const uint was = atomic_or(&queued_mask[v >> 5], bit);
                if ((was & bit) == 0u)
                    requeue[atomic_inc(requeue_len)] = v;
            }
        }
    }
}
