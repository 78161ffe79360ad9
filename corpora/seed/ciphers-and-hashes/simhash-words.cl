// 32-bit SimHash per document from weighted token hashes; one work-group per document, one lane per bit.
__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void simhash(__global const uint *token_hash, __global const float *token_weight,
             __global const uint *doc_start, __global uint *signature)
{
    __local uint word;
    const uint bit = get_local_id(0);
    const uint doc = get_group_id(0);

    if (bit == 0) word = 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    float vote = 0.0f;
    for (uint t = doc_start[doc]; t < doc_start[doc + 1]; ++t)
        vote += (token_hash[t] >> bit & 1u) ? token_weight[t] : -token_weight[t];

    if (vote > 0.0f)
        atomic_or(&word, 1u << bit);
    barrier(CLK_LOCAL_MEM_FENCE);

    if (bit == 0) signature[doc] = word;
}
