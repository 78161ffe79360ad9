// Maximum along the depth axis of a volume using a 3-D range whose z extent is collapsed by the loop.
kernel void depth_max(global const short *vol, global short *proj, int4 dim)
{
    int x = get_global_id(0), y = get_global_id(1);
    if (get_global_id(2) != 0 || x >= dim.x || y >= dim.y) return;
    short m = SHRT_MIN;
    for (int z = 0; z < dim.z; ++z) {
        short v = vol[(z * dim.y + y) * dim.x + x];
        m = v > m ? v : m;
    }
    proj[y * dim.x + x] = m;
}
