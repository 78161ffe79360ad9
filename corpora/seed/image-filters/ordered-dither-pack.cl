// Ordered 8x8 dithering of grey bytes into one bit per pixel, 32 pixels per output word.
uint bayer8(uint x, uint y)
{
    uint v = 0, q = x ^ y;
    for (uint b = 0; b < 3; ++b) {
        v = (v << 2) | (((q >> b) & 1u) << 1) | ((y >> b) & 1u);
    }
    return v;       // 0..63
}

__kernel void dither_1bit(__global const uchar *grey, __global uint *bits,
                          uint width, uint height, uint words)
{
    uint wx = get_global_id(0), y = get_global_id(1);
    if (wx >= words || y >= height) return;

    uint packed = 0;
    for (uint k = 0; k < 32; ++k) {
        uint x = wx * 32 + k;
        if (x >= width) break;
        uint limit = bayer8(x & 7, y & 7) * 4 + 2;
        packed |= (grey[y * width + x] > limit ? 1u : 0u) << k;
    }
    bits[y * words + wx] = packed;
}
