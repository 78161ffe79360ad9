// Writes the maximum-intensity projection of a 3-D image along a chosen axis.
__kernel void mip_axis(__read_only image3d_t vol, __global float *plane, int axis, int out_w, int out_h)
{
    const sampler_t s = CLK_NORMALIZED_COORDS_FALSE | CLK_ADDRESS_CLAMP | CLK_FILTER_NEAREST;
    const int u = get_global_id(0), v = get_global_id(1);
    if (u >= out_w || v >= out_h) return;

    const int4 dim = get_image_dim(vol);
    const int depth = axis == 0 ? dim.x : axis == 1 ? dim.y : dim.z;
    float best = 0.0f;
    for (int d = 0; d < depth; ++d) {
        int4 at = (int4)(u, v, d, 0);
        if (axis == 0)      at = (int4)(d, u, v, 0);
        else if (axis == 1) at = (int4)(u, d, v, 0);
        best = fmax(best, read_imagef(vol, s, at).x);
    }
    plane[v * out_w + u] = best;
}
