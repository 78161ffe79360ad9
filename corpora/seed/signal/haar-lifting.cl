// One level of the integer Haar (S) transform by lifting.
kernel void haar_level(global const int2 *in, global int *approx, global int *detail, uint pairs)
{
    uint i = get_global_id(0);
    if (i < pairs) {
        int2 p = in[i];
        int d = p.y - p.x;
        detail[i] = d;
        approx[i] = p.x + (d >> 1);
    }
}
