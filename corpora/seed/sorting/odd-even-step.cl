// One phase of odd-even transposition sort over 32-bit keys.
kernel void odd_even_step(global uint *keys, const uint n, const uint phase)
{
    const uint left = 2u * get_global_id(0) + (phase & 1u);
    if (left + 1u >= n)
        return;

    const uint a = keys[left];
    const uint b = keys[left + 1u];
    if (a > b) {
        keys[left] = b;
        keys[left + 1u] = a;
    }
}
