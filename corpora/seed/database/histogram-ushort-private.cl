// 64-bin histogram of 16-bit readings with per-item private bins in registers or scratch.
kernel void histogram64(global const ushort4 *readings, global uint *hist, uint quads)
{
    uint bins[64];
    for (int b = 0; b < 64; b++) bins[b] = 0;

    for (uint q = get_global_id(0); q < quads; q += get_global_size(0)) {
        ushort4 r = readings[q] >> (ushort)10;
        bins[r.x]++;
        bins[r.y]++;
        bins[r.z]++;
        bins[r.w]++;
    }

    for (int b = 0; b < 64; b++)
        if (bins[b])
            atomic_add(hist + b, bins[b]);
}
