// Five-point discrete Laplacian on the interior of a row-major grid.
kernel void laplace5(global const float* restrict u,
                     global float* restrict lap,
                     const uint width, const uint height, const float inv_h2)
{
    const uint x = get_global_id(0);
    const uint y = get_global_id(1);

    if (x < 1 || y < 1 || x + 1 >= width || y + 1 >= height)
        return;

    const uint c = y * width + x;
    const float sum = u[c - 1] + u[c + 1] + u[c - width] + u[c + width];
    lap[c] = (sum - 4.0f * u[c]) * inv_h2;
}
