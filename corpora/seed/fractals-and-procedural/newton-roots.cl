// Newton fractal of z^3 - 1: root index and iteration count per pixel.
typedef float2 cplx;

static cplx cmul(cplx a, cplx b) { return (cplx)(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
static cplx cdiv(cplx a, cplx b) { return (cplx)(dot(a, b), a.y * b.x - a.x * b.y) / dot(b, b); }

constant float2 ROOT[3] = { (float2)(1.0f, 0.0f), (float2)(-0.5f, 0.8660254f), (float2)(-0.5f, -0.8660254f) };

kernel void newton3(global char2 *out, int w, int h, float extent)
{
    int px = get_global_id(0);
    int py = get_global_id(1);
    if (px >= w || py >= h) return;

    cplx z = (cplx)(px, py) / (cplx)(w, h) * 2.0f - 1.0f;
    z *= extent;

    char which = -1;
    int it = 0;
    do {
        cplx z2 = cmul(z, z);
        z -= cdiv(cmul(z2, z) - (cplx)(1.0f, 0.0f), 3.0f * z2);
        for (char r = 0; r < 3; ++r)
            if (distance(z, ROOT[r]) < 1e-3f)
                which = r;
    } while (which < 0 && ++it < 60);

    out[py * w + px] = (char2)(which, (char)it);
}
