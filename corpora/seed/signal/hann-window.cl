// Applies a Hann window to overlapping frames cut from one long signal.
kernel void hann_frames(global const float *sig, global float *frames, int frame_len, int hop, int count)
{
    int k = get_global_id(0);
    int f = get_global_id(1);
    if (k >= frame_len || f >= count) return;
    float w = 0.5f - 0.5f * cospi(2.0f * k / frame_len);
    frames[f * frame_len + k] = w * sig[f * hop + k];
}
