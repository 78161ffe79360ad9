// Area-weighted face normals of an indexed triangle mesh.
__kernel void face_normals(__global const float* verts, __global const uint* tri, __global float* normals, uint faces)
{
    uint f = get_global_id(0);
    if (f < faces) {
        uint3 k = vload3(f, tri);
        float3 a = vload3(k.x, verts), b = vload3(k.y, verts), c = vload3(k.z, verts);
        vstore3(cross(b - a, c - a) * 0.5f, f, normals);
    }
}
