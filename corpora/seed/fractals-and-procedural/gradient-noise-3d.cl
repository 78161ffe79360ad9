// 3-D gradient noise slice with a permutation table in constant memory.
static float grad(uchar h, float x, float y, float z)
{
    switch (h & 15) {
    case 0:  case 12: return  x + y;
    case 1:  case 13: return -x + y;
    case 2:  return  x - y;
    case 3:  return -x - y;
    case 4:  return  x + z;
    case 5:  return -x + z;
    case 6:  return  x - z;
    case 7:  return -x - z;
    case 8:  return  y + z;
    case 9:  case 14: return -y + z;
    case 10: return  y - z;
    default: return -y - z;
    }
}

static float fade(float t) { return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f); }

__kernel void noise_slice(__constant uchar *perm,     // 256 entries
                          __global float *dst, int pitch, int w, int h,
                          float cell, float depth)
{
    int px = get_global_id(0), py = get_global_id(1);
    if (px >= w || py >= h) return;

    float x = px * cell, y = py * cell, z = depth;
    int xi = (int)floor(x), yi = (int)floor(y), zi = (int)floor(z);
    x -= xi; y -= yi; z -= zi;

    float corner[8];
    for (int c = 0; c < 8; ++c) {
        int dx = c & 1, dy = c >> 1 & 1, dz = c >> 2;
        uchar k = perm[(perm[(perm[(xi + dx) & 255] + yi + dy) & 255] + zi + dz) & 255];
        corner[c] = grad(k, x - dx, y - dy, z - dz);
    }

    float u = fade(x), v = fade(y), s = fade(z);
    float lo = mix(mix(corner[0], corner[1], u), mix(corner[2], corner[3], u), v);
    float hi = mix(mix(corner[4], corner[5], u), mix(corner[6], corner[7], u), v);
    dst[py * pitch + px] = mix(lo, hi, s);
}
