// Scatters points into a voxel grid, setting occupancy bits and counting per cell.
kernel void voxelise(global const float *px, global const float *py, global const float *pz,
                     volatile global uint *bits, volatile global uint *counts,
                     float inv_cell, int nx, int ny, int nz, int n)
{
    for (int i = get_global_id(0); i < n; i += get_global_size(0)) {
        int x = (int)floor(px[i] * inv_cell);
        int y = (int)floor(py[i] * inv_cell);
        int z = (int)floor(pz[i] * inv_cell);
        if ((uint)x >= (uint)nx || (uint)y >= (uint)ny || (uint)z >= (uint)nz)
            continue;
        int c = x + nx * (y + ny * z);
        atomic_or(&bits[c / 32], 1u << (c % 32));
        atomic_inc(&counts[c]);
    }
}
