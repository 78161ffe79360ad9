// Matches fixed-pitch strings against a glob with * and ? by iterative backtracking.
static bool glob(__global const char *s, int slen, __constant char *p, int plen)
{
    int si = 0, pi = 0, star = -1, mark = 0;
    while (si < slen) {
        if (pi < plen && p[pi] == '*') {
            star = pi++;
            mark = si;
        } else if (pi < plen && (p[pi] == '?' || p[pi] == s[si])) {
            ++pi;
            ++si;
        } else if (star >= 0) {
            pi = star + 1;
            si = ++mark;
        } else {
            return false;
        }
    }
    while (pi < plen && p[pi] == '*') ++pi;
    return pi == plen;
}

__kernel void wildcard_filter(__global const char *rows, __global const int *lens, int pitch,
                              __constant char *pattern, int plen,
                              __global int *match, int n)
{
    int i = get_global_id(0);
    if (i < n)
        match[i] = glob(rows + (long)i * pitch, min(lens[i], pitch), pattern, plen) ? 1 : 0;
}
