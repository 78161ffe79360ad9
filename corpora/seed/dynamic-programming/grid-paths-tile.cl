// Cheapest monotone path through a tile of costs, swept as a wavefront inside one work-group.
#define TILE 32

kernel void tile_wavefront(global const int *cost,
                           global const int *north,   // TILE values entering from above
                           global const int *west,    // TILE values entering from the left
                           global int *out, int pitch)
{
    local int acc[TILE + 1][TILE + 1];
    const int x = get_local_id(0);     // launched with TILE work-items

    acc[0][x + 1] = north[get_group_id(0) * TILE + x];
    acc[x + 1][0] = west[get_group_id(0) * TILE + x];

    global const int *c = cost + get_group_id(0) * TILE * pitch;
    global int *o = out + get_group_id(0) * TILE * pitch;

    for (int step = 0; step < 2 * TILE - 1; ++step) {
        barrier(CLK_LOCAL_MEM_FENCE);
        const int y = step - x;
        if (y >= 0 && y < TILE)
            acc[y + 1][x + 1] = c[y * pitch + x] + min(acc[y][x + 1], acc[y + 1][x]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int y = 0; y < TILE; ++y)
        o[y * pitch + x] = acc[y + 1][x + 1];
}
