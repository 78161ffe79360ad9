// Running five-point median that removes clicks from an audio buffer.
#define SWAP_IF(a, b) { float lo_ = fmin(a, b); b = fmax(a, b); a = lo_; }

kernel void declick5(global const float *x, global float *y, int n) {
    int i = get_global_id(0);
    if (i < 2 || i >= n - 2) {
        if (i < n) y[i] = x[i];
        return;
    }
    float a = x[i-2], b = x[i-1], c = x[i], d = x[i+1], e = x[i+2];
    SWAP_IF(a, b) SWAP_IF(d, e)
    SWAP_IF(a, d) SWAP_IF(b, e)
    SWAP_IF(b, c) SWAP_IF(c, d) SWAP_IF(b, c)
    y[i] = c;
}
