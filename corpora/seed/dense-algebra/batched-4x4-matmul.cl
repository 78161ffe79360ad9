// Batched 4x4 matrix product, one float16 matrix per operand and per work-item.
__kernel void mul4x4(__global const float16 *A, __global const float16 *B, __global float16 *C, const int batch)
{
    const int g = get_global_id(0);
    if (g >= batch)
        return;
    const float16 a = A[g], b = B[g];
    float16 c;
    c.s0123 = a.s0 * b.s0123 + a.s1 * b.s4567 + a.s2 * b.s89ab + a.s3 * b.scdef;
    c.s4567 = a.s4 * b.s0123 + a.s5 * b.s4567 + a.s6 * b.s89ab + a.s7 * b.scdef;
    c.s89ab = a.s8 * b.s0123 + a.s9 * b.s4567 + a.sa * b.s89ab + a.sb * b.scdef;
    c.scdef = a.sc * b.s0123 + a.sd * b.s4567 + a.se * b.s89ab + a.sf * b.scdef;
    C[g] = c;
}
