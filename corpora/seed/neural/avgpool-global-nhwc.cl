// Global average pooling for NHWC tensors: threads run along channels.
kernel void gap_nhwc(global const float *x, global float *y, int pixels, int C, int N)
{
    int c = get_global_id(0), n = get_global_id(1);
    if (c >= C || n >= N) return;
    global const float *p = x + n * pixels * C + c;
    float s = 0;
    for (int i = 0; i < pixels; i++, p += C) s += *p;
    y[n * C + c] = s / pixels;
}
