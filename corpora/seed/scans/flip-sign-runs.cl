// Marks the start of every run of equal sign.
kernel void sign_heads(global const float *x, global uchar *head, uint n) {
    uint i = get_global_id(0);
    if (i < n) head[i] = (i == 0) || (signbit(x[i]) != signbit(x[i - 1]));
}
