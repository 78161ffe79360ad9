// One relaxation step of a chamfer 3-4 distance field over a 3x3 neighbourhood.
__kernel void chamfer_relax(__global const ushort *din, __global ushort *dout,
                            __global int *changed, int width, int height)
{
    const int px = get_global_id(0);
    const int py = get_global_id(1);
    if (px >= width || py >= height)
        return;

    const int me = py * width + px;
    int best = din[me];
    const int before = best;

    for (int oy = -1; oy <= 1; ++oy) {
        for (int ox = -1; ox <= 1; ++ox) {
            const int qx = px + ox, qy = py + oy;
            if (qx < 0 || qy < 0 || qx >= width || qy >= height)
                continue;
            const int step = (ox != 0 && oy != 0) ? 4 : 3;
            best = min(best, (int)din[qy * width + qx] + step);
        }
    }

    dout[me] = (ushort)best;
    if (best < before)
        atomic_inc(changed);
}
