// Per-partition running totals over a sorted table, one partition per work-item.
kernel void running_total(global const uint *part_start, global const float *value,
                          global float *running, uint parts)
{
    for (uint p = get_global_id(0); p < parts; p += get_global_size(0)) {
        float t = 0.0f, carry = 0.0f;
        for (uint r = part_start[p]; r < part_start[p + 1]; ++r) {
            /* compensated sum keeps long partitions accurate */
            float y = value[r] - carry;
            float s = t + y;
            carry = (s - t) - y;
            running[r] = t = s;
        }
    }
}
