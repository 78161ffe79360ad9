// Delta plus zig-zag encoding of a timestamp column; each block restarts from zero.
kernel void delta_zigzag(global const long *ts, global ulong *enc, uint n, uint block)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    long prev = (i % block) ? ts[i - 1] : 0L;
    long d = ts[i] - prev;
    enc[i] = (as_ulong(d) << 1) ^ as_ulong(d >> 63);
}
