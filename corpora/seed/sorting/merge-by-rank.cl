// Merges adjacent sorted runs by binary searching each key's rank in the sibling run.
static uint lower_bound(global const uint *base, uint len, uint key)
{
    uint first = 0;
    while (len > 0) {
        uint half_len = len / 2;
        if (base[first + half_len] < key) {
            first += half_len + 1;
            len -= half_len + 1;
        } else {
            len = half_len;
        }
    }
    return first;
}

static uint upper_bound(global const uint *base, uint len, uint key)
{
    uint first = 0;
    while (len > 0) {
        uint half_len = len / 2;
        if (base[first + half_len] <= key) {
            first += half_len + 1;
            len -= half_len + 1;
        } else {
            len = half_len;
        }
    }
    return first;
}

kernel void merge_by_rank(global const uint *src, global uint *dst, uint run, uint n)
{
    uint i = get_global_id(0);
    if (i >= n)
        return;

    uint my_run = i / run;
    uint pair_start = (my_run & ~1u) * run;
    uint sib_start = (my_run ^ 1u) * run;
    uint key = src[i];
    uint offset_in_run = i - my_run * run;

    uint sib_len = 0;
    if (sib_start < n)
        sib_len = min(run, n - sib_start);

    uint sib_rank = (my_run & 1u) ? upper_bound(src + sib_start, sib_len, key)
                                  : lower_bound(src + min(sib_start, n - 1), sib_len, key);
    dst[pair_start + offset_in_run + sib_rank] = key;
}
