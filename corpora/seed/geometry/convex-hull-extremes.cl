// Support points: index of the farthest vertex along each query direction.
void kernel support(global const float2 *v, int nv, global const float2 *dir, global int *far_id)
{
    float2 d = dir[get_global_id(0)];
    float top = -INFINITY;
    int id = 0;
    for (int k = 0; k < nv; k++) {
        float s = dot(v[k], d);
        id = s > top ? k : id;
        top = fmax(top, s);
    }
    far_id[get_global_id(0)] = id;
}
