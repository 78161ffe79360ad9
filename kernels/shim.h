/* What sources commonly expect from their host program. Every name is guarded, and a source's own definition
   or -D wins. Written for benchsteer; preprocessed with `preprocess(text, { shim: true })`. */
#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif
#ifndef WG_SIZE
#define WG_SIZE 128
#endif
#ifndef WORKGROUP_SIZE
#define WORKGROUP_SIZE 128
#endif
#ifndef WORK_GROUP_SIZE
#define WORK_GROUP_SIZE 128
#endif
#ifndef LOCAL_SIZE
#define LOCAL_SIZE 64
#endif
#ifndef GROUP_SIZE
#define GROUP_SIZE 64
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE 16
#endif
#ifndef BLOCKSIZE
#define BLOCKSIZE 16
#endif
#ifndef BLOCK_DIM
#define BLOCK_DIM 16
#endif
#ifndef TILE_SIZE
#define TILE_SIZE 16
#endif
#ifndef TILE_DIM
#define TILE_DIM 16
#endif
#ifndef TILE_WIDTH
#define TILE_WIDTH 16
#endif
#ifndef WARP_SIZE
#define WARP_SIZE 32
#endif
#ifndef WAVE_SIZE
#define WAVE_SIZE 64
#endif
#ifndef UNROLL
#define UNROLL 4
#endif
#ifndef EPSILON
#define EPSILON 1e-6f
#endif
#ifndef EPS
#define EPS 1e-6f
#endif
#ifndef REAL
#define REAL float
#endif
#ifndef real
#define real float
#endif
#ifndef real2
#define real2 float2
#endif
#ifndef real4
#define real4 float4
#endif
#ifndef Real
#define Real float
#endif
#ifndef REAL_TYPE
#define REAL_TYPE float
#endif
#ifndef DATA_TYPE
#define DATA_TYPE float
#endif
#ifndef DATATYPE
#define DATATYPE float
#endif
#ifndef Dtype
#define Dtype float
#endif
#ifndef DTYPE
#define DTYPE float
#endif
#ifndef dtype
#define dtype float
#endif
#ifndef FLOAT
#define FLOAT float
#endif
#ifndef FLOAT_TYPE
#define FLOAT_TYPE float
#endif
#ifndef FPTYPE
#define FPTYPE float
#endif
#ifndef FP_TYPE
#define FP_TYPE float
#endif
#ifndef TYPE
#define TYPE float
#endif
#ifndef FLOAT4
#define FLOAT4 float4
#endif
#ifndef KERNEL
#define KERNEL __kernel
#endif
#ifndef GLOBAL
#define GLOBAL __global
#endif
#ifndef LOCAL
#define LOCAL __local
#endif
#ifndef CONSTANT
#define CONSTANT __constant
#endif
#ifndef INLINE
#define INLINE inline
#endif
#ifndef FORCE_INLINE
#define FORCE_INLINE inline
#endif
#ifndef DEVICE
#define DEVICE
#endif
#ifndef u32
#define u32 uint
#endif
#ifndef u64
#define u64 ulong
#endif
#ifndef u8
#define u8 uchar
#endif
#ifndef int32_t
#define int32_t int
#endif
#ifndef uint32_t
#define uint32_t uint
#endif
#ifndef uint8_t
#define uint8_t uchar
#endif
#ifndef int8_t
#define int8_t char
#endif
#ifndef uint16_t
#define uint16_t ushort
#endif
#ifndef int16_t
#define int16_t short
#endif
#ifndef uint64_t
#define uint64_t ulong
#endif
#ifndef int64_t
#define int64_t long
#endif
#ifndef STRINGIFY
#define STRINGIFY(...) __VA_ARGS__
#endif
#ifndef MSTRINGIFY
#define MSTRINGIFY(...) __VA_ARGS__
#endif
#ifndef OPENCL_FORCE_INLINE
#define OPENCL_FORCE_INLINE inline
#endif
#ifndef RI_F
#define RI_F read_imagef
#endif
#ifndef WI_F
#define WI_F write_imagef
#endif
#ifndef CONVERT_FLOAT4
#define CONVERT_FLOAT4 convert_float4
#endif
