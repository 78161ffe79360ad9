// Goertzel power of selected frequency bins for many signal frames.
kernel void goertzel(global const short *frames, constant float *coeff, global float *power,
                     const int frameLen, const int numBins, const int numFrames)
{
    const int bin = get_global_id(0);
    const int frame = get_global_id(1);
    if (bin >= numBins || frame >= numFrames) return;

    global const short *s = frames + frame * frameLen;
    const float c = coeff[bin];
    float s1 = 0.0f, s2 = 0.0f;
    for (int i = 0; i < frameLen; ++i) {
        const float s0 = (float)s[i] * (1.0f / 32768.0f) + c * s1 - s2;
        s2 = s1;
        s1 = s0;
    }
    power[frame * numBins + bin] = s1 * s1 + s2 * s2 - c * s1 * s2;
}
