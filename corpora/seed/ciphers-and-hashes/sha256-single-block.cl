// SHA-256 compression of one pre-padded 64-byte message block per work-item.
__constant uint K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static uint ror(uint x, uint n) { return rotate(x, 32u - n); }
static uint big_s0(uint x) { return ror(x, 2) ^ ror(x, 13) ^ ror(x, 22); }
static uint big_s1(uint x) { return ror(x, 6) ^ ror(x, 11) ^ ror(x, 25); }
static uint sml_s0(uint x) { return ror(x, 7) ^ ror(x, 18) ^ (x >> 3); }
static uint sml_s1(uint x) { return ror(x, 17) ^ ror(x, 19) ^ (x >> 10); }

static uint from_be(uchar4 b)
{
    return as_uint(b.wzyx);
}

__kernel void sha256_block(__global const uchar4 *messages, __global uint8 *digests, const uint count)
{
    const uint gid = get_global_id(0);
    if (gid >= count) return;

    uint w[16];
    for (int i = 0; i < 16; ++i)
        w[i] = from_be(messages[gid * 16 + i]);

    const uint8 iv = (uint8)(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
    uint8 s = iv;

    for (int t = 0; t < 64; ++t) {
        uint wt;
        if (t < 16) {
            wt = w[t];
        } else {
            wt = w[t & 15] + sml_s0(w[(t + 1) & 15]) + w[(t + 9) & 15] + sml_s1(w[(t + 14) & 15]);
            w[t & 15] = wt;
        }
        const uint ch  = bitselect(s.s6, s.s5, s.s4);
        const uint maj = bitselect(s.s0, s.s1, s.s2 ^ s.s0);
        const uint t1 = s.s7 + big_s1(s.s4) + ch + K[t] + wt;
        const uint t2 = big_s0(s.s0) + maj;
        s = (uint8)(t1 + t2, s.s012, s.s3 + t1, s.s456);
    }
    digests[gid] = iv + s;
}
