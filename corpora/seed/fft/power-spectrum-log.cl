// Log power spectrum in decibels with a floor.
__kernel void power_db(__global const float2 *spec, __global float *db, float floor_db, int n)
{
    int i = get_global_id(0);
    if (i < n)
        db[i] = fmax(10.0f * log10(dot(spec[i], spec[i]) + 1e-30f), floor_db);
}
