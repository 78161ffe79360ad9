// Shift-or matching of a pattern of up to 64 bytes in newline-delimited records.
kernel void shift_or(global const char *text, global const uint *line_start, uint lines,
                     constant ulong *table, uint m, global int *first_hit)
{
    const uint l = get_global_id(0);
    if (l >= lines) return;

    const ulong accept = 1UL << (m - 1);
    ulong state = ~0UL;
    int hit = -1;
    uint i = line_start[l];
    const uint end = line_start[l + 1];

    while (i < end && hit < 0) {
        state = (state << 1) | table[as_uchar(text[i])];
        if (!(state & accept))
            hit = (int)(i - line_start[l] + 1 - m);
        ++i;
    }
    first_hit[l] = hit;
}
