// Counts newline bytes 16 at a time, one partial count per work-item.
kernel void newline_count(global const uchar16 *text, uint vecs, global uint *partial)
{
    uint c = 0;
    for (uint i = get_global_id(0); i < vecs; i += get_global_size(0)) {
        char16 eq = text[i] == (uchar16)('\n');
        ulong2 m = as_ulong2(eq);
        c += (uint)(popcount(m.x) + popcount(m.y)) / 8;
    }
    partial[get_global_id(0)] = c;
}
