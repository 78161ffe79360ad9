// ASCII lower-casing of a buffer, four bytes per work-item.
kernel void to_lower(global uchar4 *s) {
    uchar4 c = s[get_global_id(0)];
    s[get_global_id(0)] = select(c, c | (uchar4)0x20, (c >= (uchar4)'A') & (c <= (uchar4)'Z'));
}
