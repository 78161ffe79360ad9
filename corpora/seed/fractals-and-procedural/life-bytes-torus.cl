// Conway's Life step on a byte grid with wrap-around edges.
kernel void life(global const uchar *now, global uchar *next, int w, int h)
{
    int x = get_global_id(0), y = get_global_id(1);
    if (x >= w || y >= h) return;
    int n = 0;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
            if (dx | dy)
                n += now[((y + dy + h) % h) * w + (x + dx + w) % w];
    next[y * w + x] = (n == 3) | ((n == 2) & now[y * w + x]);
}
