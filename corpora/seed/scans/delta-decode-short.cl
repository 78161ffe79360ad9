// Decodes delta-coded 16-bit audio: each channel is an independent integrated sequence with saturation.
__kernel void delta_decode(__global const short *delta, __global short *pcm,
                           const int frames, const int channels)
{
    const int ch = get_global_id(0);
    if (ch >= channels) return;

    int level = 0;
    int pos = ch;
    for (int f = 0; f < frames; f++, pos += channels) {
        level = clamp(level + delta[pos], -32768, 32767);
        pcm[pos] = convert_short_sat(level);
    }
}
