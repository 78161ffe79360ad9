// Marching squares: emits contour line segments of a sampled scalar field, with a saddle decider.

/* Edge numbering around a cell:
 *
 *      3 --- 2 ---> corner 3 (x, y+1) ... corner 2 (x+1, y+1)
 *      |     |
 *      0 --- 1      corner 0 (x, y)   ... corner 1 (x+1, y)
 *
 * edges: 0 = bottom, 1 = right, 2 = top, 3 = left; 15 marks an unused slot.
 */
__constant uchar4 EDGE_PAIRS[16] = {
    (uchar4)(15, 15, 15, 15),
    (uchar4)( 3,  0, 15, 15),
    (uchar4)( 0,  1, 15, 15),
    (uchar4)( 3,  1, 15, 15),
    (uchar4)( 1,  2, 15, 15),
    (uchar4)( 3,  0,  1,  2),
    (uchar4)( 0,  2, 15, 15),
    (uchar4)( 3,  2, 15, 15),
    (uchar4)( 2,  3, 15, 15),
    (uchar4)( 2,  0, 15, 15),
    (uchar4)( 0,  1,  2,  3),
    (uchar4)( 2,  1, 15, 15),
    (uchar4)( 1,  3, 15, 15),
    (uchar4)( 1,  0, 15, 15),
    (uchar4)( 0,  3, 15, 15),
    (uchar4)(15, 15, 15, 15)
};

static float cross_at(float a, float b, float iso)
{
    const float span = b - a;
    return fabs(span) > 1e-12f ? (iso - a) / span : 0.5f;
}

static float2 edge_point(uchar edge, float4 f, float iso)
{
    float2 p;
    switch (edge) {
    case 0:
        p = (float2)(cross_at(f.x, f.y, iso), 0.0f);
        break;
    case 1:
        p = (float2)(1.0f, cross_at(f.y, f.z, iso));
        break;
    case 2:
        p = (float2)(cross_at(f.w, f.z, iso), 1.0f);
        break;
    default:
        p = (float2)(0.0f, cross_at(f.x, f.w, iso));
        break;
    }
    return p;
}

__kernel void marching_squares(__global const float *field,
                               const int width,
                               const int height,
                               const float iso,
                               const float2 origin,
                               const float2 spacing,
                               __global float4 *segments,
                               volatile __global uint *segment_count,
                               const uint capacity)
{
    const int x = get_global_id(0);
    const int y = get_global_id(1);
    if (x >= width - 1 || y >= height - 1)
        return;

    __global const float *row0 = field + y * width + x;
    __global const float *row1 = row0 + width;
    const float4 f = (float4)(row0[0], row0[1], row1[1], row1[0]);

    uint code = 0;
    code |= (f.x > iso) ? 1u : 0u;
    code |= (f.y > iso) ? 2u : 0u;
    code |= (f.z > iso) ? 4u : 0u;
    code |= (f.w > iso) ? 8u : 0u;
    if (code == 0u || code == 15u)
        return;

    uchar4 pair = EDGE_PAIRS[code];

    /* Saddles: join the two high corners when the cell centre is high as well. */
    if (code == 5u || code == 10u) {
        const float centre = 0.25f * (f.x + f.y + f.z + f.w);
        if (centre > iso)
            pair = (code == 5u) ? (uchar4)(0, 1, 2, 3) : (uchar4)(3, 0, 1, 2);
    }

    const float2 corner = origin + spacing * (float2)(x, y);
    const uint wanted = pair.z == 15 ? 1u : 2u;
    const uint slot = atomic_add(segment_count, wanted);

    if (slot < capacity) {
        const float2 a = edge_point(pair.x, f, iso);
        const float2 b = edge_point(pair.y, f, iso);
        segments[slot] = (float4)(corner + a * spacing, corner + b * spacing);
    }
    if (wanted == 2u && slot + 1u < capacity) {
        const float2 a = edge_point(pair.z, f, iso);
        const float2 b = edge_point(pair.w, f, iso);
        segments[slot + 1u] = (float4)(corner + a * spacing, corner + b * spacing);
    }
}
