// Decodes 4-bit IMA-style ADPCM; every block carries its own predictor header and is independent.
constant short stepTable[89] = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45,
    50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230,
    253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963,
    1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327,
    3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487,
    12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767
};

constant char indexShift[8] = { -1, -1, -1, -1, 2, 4, 6, 8 };

kernel void adpcmDecode(global const uchar* coded,
                        global short* pcm,
                        const uint bytesPerBlock,      // 4 header bytes included
                        const uint numBlocks)
{
    const uint blk = get_global_id(0);
    if (blk >= numBlocks) return;

    const uint samples = 2 * (bytesPerBlock - 4);
    global const uchar* src = coded + (size_t)blk * bytesPerBlock;
    global short* dst = pcm + (size_t)blk * samples;

    int pred = (short)(src[0] | (src[1] << 8));
    int index = clamp((int)src[2], 0, 88);

    for (uint i = 0; i < samples; ++i) {
        const uchar byte = src[4 + (i >> 1)];
        const int nib = (i & 1) ? byte >> 4 : byte & 15;
        const int step = stepTable[index];

        int diff = step >> 3;
        if (nib & 4) diff += step;
        if (nib & 2) diff += step >> 1;
        if (nib & 1) diff += step >> 2;

        pred = clamp((nib & 8) ? pred - diff : pred + diff, -32768, 32767);
        index = clamp(index + indexShift[nib & 7], 0, 88);
        dst[i] = (short)pred;
    }
}
