// Leaky ReLU on float4 activations.
__kernel void leaky_relu(__global float4 *x, float slope, uint n4)
{
    uint i = get_global_id(0);
    if (i < n4) {
        float4 v = x[i];
        x[i] = select(slope * v, v, v > 0.0f);
    }
}
