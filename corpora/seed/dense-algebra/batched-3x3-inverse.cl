// Inverts a batch of 3x3 matrices by cofactors; singular ones become the identity.
typedef struct {
    float m[9];
} mat3;

mat3 identity3(void)
{
    mat3 r;
    for (int i = 0; i < 9; ++i)
        r.m[i] = (i % 4 == 0) ? 1.0f : 0.0f;
    return r;
}

__kernel void invert3(__global const mat3 *in, __global mat3 *out, const int batch)
{
    const int id = get_global_id(0);
    if (id >= batch)
        return;

    const mat3 a = in[id];
    mat3 c;
    for (int i = 0; i < 3; ++i) {
        const int i1 = (i + 1) % 3, i2 = (i + 2) % 3;
        for (int j = 0; j < 3; ++j) {
            const int j1 = (j + 1) % 3, j2 = (j + 2) % 3;
            // transposed on the fly: this is the adjugate
            c.m[j * 3 + i] = a.m[i1 * 3 + j1] * a.m[i2 * 3 + j2]
                           - a.m[i1 * 3 + j2] * a.m[i2 * 3 + j1];
        }
    }

    const float det = a.m[0] * c.m[0] + a.m[1] * c.m[3] + a.m[2] * c.m[6];
    if (fabs(det) < 1e-20f) {
        out[id] = identity3();
        return;
    }

    const float s = 1.0f / det;
    for (int e = 0; e < 9; ++e)
        c.m[e] *= s;
    out[id] = c;
}
