// Cuts overlapping Hann-windowed frames out of a signal as complex FFT input.
__kernel void frame_hann(__global const float* signal, __global float2* frames,
                         int frame_len, int hop, int num_frames, int signal_len)
{
    int i = get_global_id(0);
    int f = get_global_id(1);
    if (i >= frame_len || f >= num_frames) return;

    int src = f * hop + i;
    float v = src < signal_len ? signal[src] : 0.0f;
    float w = 0.5f - 0.5f * cospi(2.0f * (float)i / (float)frame_len);
    frames[f * frame_len + i] = (float2)(v * w, 0.0f);
}
