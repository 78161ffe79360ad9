// Decodes dictionary-encoded rows.
kernel void dict_decode(global const ushort *code, global const double *dict, global double *out) {
    out[get_global_id(0)] = dict[code[get_global_id(0)]];
}
