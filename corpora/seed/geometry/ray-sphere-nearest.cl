// Nearest sphere hit for each ray; spheres packed as centre.xyz and radius.
kernel void ray_spheres(global const float4 *origin, global const float4 *dir,
                        constant float4 *sphere, int nspheres,
                        global float *t_hit, global int *id_hit, int nrays)
{
    int r = get_global_id(0);
    if (r >= nrays) return;

    float3 o = origin[r].xyz;
    float3 d = dir[r].xyz;
    float best = INFINITY;
    int who = -1;

    for (int k = 0; k < nspheres; k++) {
        float3 oc = o - sphere[k].xyz;
        float b = dot(oc, d);
        float c = dot(oc, oc) - sphere[k].w * sphere[k].w;
        float disc = b * b - c;
        if (disc < 0.0f) continue;
        float root = sqrt(disc);
        float t = -b - root;
        if (t < 1e-4f) t = -b + root;
        if (t > 1e-4f && t < best) {
            best = t;
            who = k;
        }
    }
    t_hit[r] = best;
    id_hit[r] = who;
}
