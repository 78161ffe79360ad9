// Local alignment score with affine gaps of one query against many short subjects.
#define MAX_Q 64

__constant char SUBST[16] = {
     5, -4, -4, -4,
    -4,  5, -4, -4,
    -4, -4,  5, -4,
    -4, -4, -4,  5
};

__kernel void sw_affine(__constant uchar *query, const int qlen,
                        __global const uchar *subjects, __global const int *offset,
                        __global int *score, const int nsub,
                        const int gapOpen, const int gapExt)
{
    const int id = get_global_id(0);
    if (id >= nsub || qlen > MAX_Q) return;

    int H[MAX_Q + 1];
    int E[MAX_Q + 1];
    for (int q = 0; q <= qlen; ++q) {
        H[q] = 0;
        E[q] = -30000;
    }

    int top = 0;
    for (int s = offset[id]; s < offset[id + 1]; ++s) {
        const uchar c = subjects[s] & 3;
        int diag = 0, F = -30000;
        for (int q = 1; q <= qlen; ++q) {
            E[q] = max(E[q] - gapExt, H[q] - gapOpen);
            F = max(F - gapExt, H[q - 1] - gapOpen);
            int h = diag + SUBST[(c << 2) | (query[q - 1] & 3)];
            h = max(max(h, 0), max(E[q], F));
            diag = H[q];
            H[q] = h;
            top = max(top, h);
        }
    }
    score[id] = top;
}
