// Feed-forward dynamics compressor with attack/release smoothing, one channel per work-item (planar).
__kernel void compressor(__global float *audio, __global float *env_state,
                         const float thresh_db, const float ratio,
                         const float attack, const float release,
                         const uint frames, const uint channels)
{
    const uint ch = get_global_id(0);
    if (ch >= channels) return;

    __global float *buf = audio + (size_t)ch * frames;
    float env = env_state[ch];

    for (uint i = 0; i < frames; ++i) {
        const float x = buf[i];
        const float mag = fabs(x);
        env = mix(mag, env, mag > env ? attack : release);

        const float over = 20.0f * log10(fmax(env, 1e-6f)) - thresh_db;
        float gain = 1.0f;
        if (over > 0.0f)
            gain = exp10(over * (1.0f / ratio - 1.0f) * 0.05f);
        buf[i] = x * gain;
    }
    env_state[ch] = env;
}
