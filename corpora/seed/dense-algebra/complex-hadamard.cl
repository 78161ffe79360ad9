// Element-wise complex product with optional conjugation of the second operand.
__kernel void cmul(__global const float2 *a, __global const float2 *b, __global float2 *r, uint n, int conj_b)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    float2 u = a[i], v = b[i];
    v.y = conj_b ? -v.y : v.y;
    r[i] = (float2)(u.x * v.x - u.y * v.y, u.x * v.y + u.y * v.x);
}
