// Boyer-Moore-Horspool over overlapping text segments, counting occurrences per work-item.
__kernel void horspool_count(__global const uchar *text, const uint text_len,
                             __constant uchar *pat, const uint pat_len,
                             __constant uint *skip,          // 256 shift distances, all >= 1
                             const uint seg_len,
                             __global uint *count)
{
    const uint gid = get_global_id(0);
    const ulong first = (ulong)gid * seg_len;
    uint found = 0;

    if (first < text_len && pat_len > 0 && pat_len <= text_len) {
        const uint last_start = text_len - pat_len;
        uint pos = (uint)first;
        const uint stop = (uint)min(first + seg_len - 1, (ulong)last_start);

        while (pos <= stop) {
            int k = (int)pat_len - 1;
            while (k >= 0 && text[pos + k] == pat[k])
                --k;
            found += (k < 0);
            pos += skip[text[pos + pat_len - 1]];
        }
    }
    count[gid] = found;
}
