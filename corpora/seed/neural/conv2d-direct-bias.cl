// Direct 2-D convolution (NCHW, zero padding) with bias and optional ReLU.
__kernel void Conv2dDirect(__global const float* input,
                           __global const float* weight,
                           __global const float* bias,
                           __global float* output,
                           int inC, int H, int W,
                           int outC, int K, int pad, int applyRelu)
{
    int x  = get_global_id(0);
    int y  = get_global_id(1);
    int oc = get_global_id(2);
    int outW = W + 2 * pad - K + 1;
    int outH = H + 2 * pad - K + 1;
    if (x >= outW || y >= outH || oc >= outC)
        return;

    float acc = bias[oc];
    for (int ic = 0; ic < inC; ++ic)
    {
        __global const float* plane = input + ic * H * W;
        __global const float* w = weight + (oc * inC + ic) * K * K;
        for (int ky = 0; ky < K; ++ky)
        {
            int iy = y + ky - pad;
            if (iy < 0 || iy >= H)
                continue;
            for (int kx = 0; kx < K; ++kx)
            {
                int ix = x + kx - pad;
                if (ix >= 0 && ix < W)
                    acc += plane[iy * W + ix] * w[ky * K + kx];
            }
        }
    }

    output[(oc * outH + y) * outW + x] = applyRelu ? fmax(acc, 0.0f) : acc;
}
