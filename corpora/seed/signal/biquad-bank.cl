// Bank of cascaded biquads in transposed direct form II, one audio channel per work-item.
typedef struct { float b0, b1, b2, a1, a2; } Biquad;

__kernel void BiquadBank(__global float* samples,       // interleaved: [frame * channels + channel]
                         __constant Biquad* sections,
                         __global float2* state,        // [section * channels + channel]
                         const int numSections, const int channels, const int frames)
{
    const int ch = get_global_id(0);
    if (ch >= channels) return;

    for (int s = 0; s < numSections; ++s)
    {
        const Biquad q = sections[s];
        float2 z = state[s * channels + ch];
        for (int f = 0; f < frames; ++f)
        {
            const int at = f * channels + ch;
            const float x = samples[at];
            const float y = q.b0 * x + z.x;
            z.x = q.b1 * x - q.a1 * y + z.y;
            z.y = q.b2 * x - q.a2 * y;
            samples[at] = y;
        }
        state[s * channels + ch] = z;
    }
}
