// Applies a 256-entry lookup table to bytes, sixteen at a time.
__kernel void apply_lut(__global const uchar *in, __global uchar *out, __constant uchar *lut, uint chunks)
{
    uint i = get_global_id(0);
    if (i >= chunks) return;
    uchar16 v = vload16(i, in);
    uchar16 r;
    r.s0 = lut[v.s0]; r.s1 = lut[v.s1]; r.s2 = lut[v.s2]; r.s3 = lut[v.s3];
    r.s4 = lut[v.s4]; r.s5 = lut[v.s5]; r.s6 = lut[v.s6]; r.s7 = lut[v.s7];
    r.s8 = lut[v.s8]; r.s9 = lut[v.s9]; r.sa = lut[v.sa]; r.sb = lut[v.sb];
    r.sc = lut[v.sc]; r.sd = lut[v.sd]; r.se = lut[v.se]; r.sf = lut[v.sf];
    vstore16(r, i, out);
}
