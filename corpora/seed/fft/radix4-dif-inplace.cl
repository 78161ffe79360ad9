// In-place radix-4 decimation-in-frequency stage; twiddles come from a full-length root table.
float2 cmulf(float2 a, float2 b)
{
    return (float2)(fma(a.x, b.x, -a.y * b.y), fma(a.x, b.y, a.y * b.x));
}

__kernel void radix4_dif(__global float2 *z,
                         __global const float2 *roots,  /* roots[k] = exp(-2 pi i k / n) */
                         const int span,                /* current sub-transform length, a power of 4 */
                         const int n)
{
    const int t = get_global_id(0);
    if (t >= n / 4) return;

    const int leg = span / 4;
    const int block = t / leg;
    const int j = t - block * leg;
    const int step = n / span;

    __global float2 *p = z + block * span + j;
    const float2 a = p[0], b = p[leg], c = p[2 * leg], d = p[3 * leg];

    const float2 ac = a + c, bd = b + d;
    const float2 am = a - c;
    const float2 bm = (float2)(b.y - d.y, d.x - b.x);      /* -i (b - d) */

    p[0]       = ac + bd;
    p[leg]     = cmulf(am + bm, roots[j * step]);
    p[2 * leg] = cmulf(ac - bd, roots[2 * j * step]);
    p[3 * leg] = cmulf(am - bm, roots[3 * j * step]);
}
