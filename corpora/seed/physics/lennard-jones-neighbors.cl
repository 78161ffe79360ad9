// Lennard-Jones forces and per-atom energy from fixed-width neighbour lists with a cutoff.
__kernel void lj_force(__global const double4 *r,
                       __global const int *nbr,        // pitch x max_nbr, column per atom
                       __global const int *nbr_count,
                       __global double4 *force,        // .w receives the potential
                       const int natoms, const int pitch,
                       const double box, const double rc2)
{
    int a = get_global_id(0);
    if (a >= natoms) return;

    double4 ra = r[a];
    double4 f = (double4)(0.0);
    double e = 0.0;

    for (int k = 0; k < nbr_count[a]; k++)
    {
        double4 d = ra - r[nbr[k * pitch + a]];
        d.w = 0.0;
        d -= box * rint(d / box);
        double d2 = dot(d, d);
        if (d2 >= rc2 || d2 == 0.0)
            continue;
        double i2 = 1.0 / d2;
        double i6 = i2 * i2 * i2;
        f += d * (24.0 * i6 * (2.0 * i6 - 1.0) * i2);
        e += 2.0 * i6 * (i6 - 1.0);      // half of 4*eps: each pair is seen twice
    }

    f.w = e;
    force[a] = f;
}
