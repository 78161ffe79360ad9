// Perona-Malik style diffusion: several explicit steps inside one local tile, shrinking the valid region each step.
#define EDGE   24          /* tile edge including the apron */
#define STEPS  4           /* apron width on each side, one cell per step */
#define INNER  (EDGE - 2 * STEPS)

float conductance(float grad, float inv_k2)
{
    return native_recip(1.0f + grad * grad * inv_k2);
}

__kernel __attribute__((reqd_work_group_size(8, 8, 1)))
void diffuse4(__global const float *src,
              __global float *dst,
              const int width, const int height,
              const float inv_k2, const float lambda)
{
    __local float ping[EDGE * EDGE];
    __local float pong[EDGE * EDGE];

    const int lx = get_local_id(0), ly = get_local_id(1);
    const int x0 = (int)get_group_id(0) * INNER - STEPS;
    const int y0 = (int)get_group_id(1) * INNER - STEPS;

    for (int y = ly; y < EDGE; y += 8)
        for (int x = lx; x < EDGE; x += 8) {
            const int sx = clamp(x0 + x, 0, width - 1);
            const int sy = clamp(y0 + y, 0, height - 1);
            ping[y * EDGE + x] = src[sy * width + sx];
        }
    barrier(CLK_LOCAL_MEM_FENCE);

    __local float *cur = ping, *nxt = pong;
    for (int s = 1; s <= STEPS; ++s) {
        for (int y = ly; y < EDGE; y += 8)
            for (int x = lx; x < EDGE; x += 8) {
                if (x < s || y < s || x >= EDGE - s || y >= EDGE - s)
                    continue;

                const int gx = x0 + x, gy = y0 + y;
                const int c = y * EDGE + x;
                const float v = cur[c];

                /* zero flux through the picture border */
                const float e = gx + 1 < width  ? cur[c + 1] - v : 0.0f;
                const float w = gx > 0          ? cur[c - 1] - v : 0.0f;
                const float n = gy > 0          ? cur[c - EDGE] - v : 0.0f;
                const float t = gy + 1 < height ? cur[c + EDGE] - v : 0.0f;

                float flow = e * conductance(e, inv_k2);
                flow += w * conductance(w, inv_k2);
                flow += n * conductance(n, inv_k2);
                flow += t * conductance(t, inv_k2);
                nxt[c] = v + lambda * flow;
            }
        barrier(CLK_LOCAL_MEM_FENCE);
        __local float *swap = cur;
        cur = nxt;
        nxt = swap;
    }

    for (int y = ly; y < INNER; y += 8)
        for (int x = lx; x < INNER; x += 8) {
            const int gx = x0 + STEPS + x, gy = y0 + STEPS + y;
            if (gx < width && gy < height)
                dst[gy * width + gx] = cur[(y + STEPS) * EDGE + x + STEPS];
        }
}
