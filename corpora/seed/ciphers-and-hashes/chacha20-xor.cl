// ChaCha20 keystream XOR, one 64-byte block per work-item.
#define QR(a, b, c, d)                         \
    a += b; d = rotate(d ^ a, (uint)16);       \
    c += d; b = rotate(b ^ c, (uint)12);       \
    a += b; d = rotate(d ^ a, (uint)8);        \
    c += d; b = rotate(b ^ c, (uint)7)

__kernel void chacha20_xor(__global uint16 *data,
                           __constant uint *key,
                           const uint3 nonce,
                           const uint counter0,
                           const uint blocks)
{
    const uint blk = get_global_id(0);
    if (blk >= blocks)
        return;

    const uint16 init = (uint16)(0x61707865u, 0x3320646eu, 0x79622d32u, 0x6b206574u,
                                 key[0], key[1], key[2], key[3],
                                 key[4], key[5], key[6], key[7],
                                 counter0 + blk, nonce.x, nonce.y, nonce.z);
    uint16 s = init;
    for (int r = 0; r < 10; ++r) {
        QR(s.s0, s.s4, s.s8, s.sc);
        QR(s.s1, s.s5, s.s9, s.sd);
        QR(s.s2, s.s6, s.sa, s.se);
        QR(s.s3, s.s7, s.sb, s.sf);
        QR(s.s0, s.s5, s.sa, s.sf);
        QR(s.s1, s.s6, s.sb, s.sc);
        QR(s.s2, s.s7, s.s8, s.sd);
        QR(s.s3, s.s4, s.s9, s.se);
    }
    data[blk] ^= s + init;
}
