// Full-weighting restriction of a fine grid (2m+1 points) onto a coarse grid (m+1 points).
kernel void restrict_full_weight(global const float *fine, global float *coarse, const int m)
{
    const int ci = get_global_id(0), cj = get_global_id(1);
    if (ci > m || cj > m) return;

    const int nf = 2 * m + 1, nc = m + 1;
    const int fi = 2 * ci, fj = 2 * cj;
    global const float *f = fine + fj * nf + fi;

    if (ci == 0 || cj == 0 || ci == m || cj == m) {
        coarse[cj * nc + ci] = *f;              /* injection on the rim */
    } else {
        float cross = f[-1] + f[1] + f[-nf] + f[nf];
        float diag  = f[-nf - 1] + f[-nf + 1] + f[nf - 1] + f[nf + 1];
        coarse[cj * nc + ci] = (4.0f * f[0] + 2.0f * cross + diag) * 0.0625f;
    }
}
