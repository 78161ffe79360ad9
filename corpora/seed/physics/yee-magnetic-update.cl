// FDTD (2-D TM): advances Hx and Hy from the curl of Ez.
kernel void updateH(global const float* Ez, global float* Hx, global float* Hy, int nx, int ny, float chy, float chx)
{
	int i = get_global_id(0);
	int j = get_global_id(1);
	if(i < nx && j < ny - 1)
		Hx[j*nx + i] -= chx * (Ez[(j+1)*nx + i] - Ez[j*nx + i]);
	if(i < nx - 1 && j < ny)
		Hy[j*nx + i] += chy * (Ez[j*nx + i + 1] - Ez[j*nx + i]);
}
