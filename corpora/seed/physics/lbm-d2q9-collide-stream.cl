// D2Q9 lattice-Boltzmann: BGK collision followed by push streaming, periodic in both directions.
__constant int   CX[9]  = { 0, 1, 0, -1, 0, 1, -1, -1, 1 };
__constant int   CY[9]  = { 0, 0, 1, 0, -1, 1, 1, -1, -1 };
__constant int   OPP[9] = { 0, 3, 4, 1, 2, 7, 8, 5, 6 };
__constant float WT[9]  = {
    4.0f/9.0f,
    1.0f/9.0f,  1.0f/9.0f,  1.0f/9.0f,  1.0f/9.0f,
    1.0f/36.0f, 1.0f/36.0f, 1.0f/36.0f, 1.0f/36.0f
};

__kernel void lbm_step(__global const float *f_in,    /* SoA: direction-major */
                       __global float *f_out,
                       __global const uchar *solid,
                       const int w, const int h, const float omega)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= w || y >= h)
        return;

    const int cells = w * h;
    const int here = y * w + x;
    float f[9];
    for (int d = 0; d < 9; ++d)
        f[d] = f_in[d * cells + here];

    if (solid[here]) {
        /* full-way bounce back */
        float r[9];
        for (int d = 0; d < 9; ++d) r[OPP[d]] = f[d];
        for (int d = 0; d < 9; ++d) f[d] = r[d];
    } else {
        float rho = 0.0f, ux = 0.0f, uy = 0.0f;
        for (int d = 0; d < 9; ++d) {
            rho += f[d];
            ux += (float)CX[d] * f[d];
            uy += (float)CY[d] * f[d];
        }
        ux /= rho;
        uy /= rho;
        const float usq = 1.5f * (ux * ux + uy * uy);
        for (int d = 0; d < 9; ++d) {
            const float cu = 3.0f * ((float)CX[d] * ux + (float)CY[d] * uy);
            const float eq = WT[d] * rho * (1.0f + cu + 0.5f * cu * cu - usq);
            f[d] += omega * (eq - f[d]);
        }
    }

    for (int d = 0; d < 9; ++d) {
        const int tx = (x + CX[d] + w) % w;
        const int ty = (y + CY[d] + h) % h;
        f_out[d * cells + ty * w + tx] = f[d];
    }
}
