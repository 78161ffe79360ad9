/* Runs one kernel on an OpenCL device, twice, from the payload that the program includes, and compares the results:
 * scalar by scalar, any NaN equal to any other; guard zones on both sides of every buffer must stay as they were.
 * Needs C99 and an OpenCL 1.2 loader; without <CL/cl.h> the few declarations below stand in for it. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <OpenCL/opencl.h>
#elif defined(__has_include)
#if __has_include(<CL/cl.h>)
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#endif
#endif

#ifndef CL_SUCCESS
typedef int32_t cl_int;
typedef uint32_t cl_uint;
typedef uint64_t cl_ulong;
typedef struct _cl_platform_id *cl_platform_id;
typedef struct _cl_device_id *cl_device_id;
typedef struct _cl_context *cl_context;
typedef struct _cl_command_queue *cl_command_queue;
typedef struct _cl_program *cl_program;
typedef struct _cl_kernel *cl_kernel;
typedef struct _cl_mem *cl_mem;
typedef struct _cl_sampler *cl_sampler;
typedef struct _cl_event *cl_event;
typedef struct { cl_uint image_channel_order, image_channel_data_type; } cl_image_format;
typedef struct {
  cl_uint image_type;
  size_t image_width, image_height, image_depth, image_array_size, image_row_pitch, image_slice_pitch;
  cl_uint num_mip_levels, num_samples;
  cl_mem mem_object;
} cl_image_desc;
typedef struct { size_t origin, size; } cl_buffer_region;
#define CL_SUCCESS 0
#define CL_TRUE 1
#define CL_DEVICE_TYPE_ALL 0xFFFFFFFFu
#define CL_DEVICE_NAME 0x102B
#define CL_DEVICE_MEM_BASE_ADDR_ALIGN 0x1019
#define CL_QUEUE_PROFILING_ENABLE (1 << 1)
#define CL_MEM_READ_WRITE (1 << 0)
#define CL_BUFFER_CREATE_TYPE_REGION 0x1220
#define CL_MEM_OBJECT_IMAGE2D 0x10F1
#define CL_MEM_OBJECT_IMAGE3D 0x10F2
#define CL_RGBA 0x10B5
#define CL_FLOAT 0x10DE
#define CL_UNSIGNED_INT8 0x10DA
#define CL_ADDRESS_CLAMP_TO_EDGE 0x1131
#define CL_FILTER_NEAREST 0x1140
#define CL_PROGRAM_BUILD_LOG 0x1183
#define CL_PROFILING_COMMAND_START 0x1282
#define CL_PROFILING_COMMAND_END 0x1283
cl_int clGetPlatformIDs(cl_uint, cl_platform_id *, cl_uint *);
cl_int clGetDeviceIDs(cl_platform_id, cl_ulong, cl_uint, cl_device_id *, cl_uint *);
cl_int clGetDeviceInfo(cl_device_id, cl_uint, size_t, void *, size_t *);
cl_context clCreateContext(const void *, cl_uint, const cl_device_id *, void *, void *, cl_int *);
cl_command_queue clCreateCommandQueue(cl_context, cl_device_id, cl_ulong, cl_int *);
cl_program clCreateProgramWithSource(cl_context, cl_uint, const char **, const size_t *, cl_int *);
cl_int clBuildProgram(cl_program, cl_uint, const cl_device_id *, const char *, void *, void *);
cl_int clGetProgramBuildInfo(cl_program, cl_device_id, cl_uint, size_t, void *, size_t *);
cl_kernel clCreateKernel(cl_program, const char *, cl_int *);
cl_mem clCreateBuffer(cl_context, cl_ulong, size_t, void *, cl_int *);
cl_mem clCreateSubBuffer(cl_mem, cl_ulong, cl_uint, const void *, cl_int *);
cl_mem clCreateImage(cl_context, cl_ulong, const cl_image_format *, const cl_image_desc *, void *, cl_int *);
cl_sampler clCreateSampler(cl_context, cl_uint, cl_uint, cl_uint, cl_int *);
cl_int clSetKernelArg(cl_kernel, cl_uint, size_t, const void *);
cl_int clEnqueueWriteBuffer(cl_command_queue, cl_mem, cl_uint, size_t, size_t, const void *, cl_uint, const cl_event *, cl_event *);
cl_int clEnqueueReadBuffer(cl_command_queue, cl_mem, cl_uint, size_t, size_t, void *, cl_uint, const cl_event *, cl_event *);
cl_int clEnqueueWriteImage(cl_command_queue, cl_mem, cl_uint, const size_t *, const size_t *, size_t, size_t, const void *, cl_uint, const cl_event *, cl_event *);
cl_int clEnqueueReadImage(cl_command_queue, cl_mem, cl_uint, const size_t *, const size_t *, size_t, size_t, void *, cl_uint, const cl_event *, cl_event *);
cl_int clEnqueueNDRangeKernel(cl_command_queue, cl_kernel, cl_uint, const size_t *, const size_t *, const size_t *, cl_uint, const cl_event *, cl_event *);
cl_int clFinish(cl_command_queue);
cl_int clGetEventProfilingInfo(cl_event, cl_uint, size_t, void *, size_t *);
#endif

enum kind { BUFFER, LOCAL, VALUE, IMAGE, SAMPLER };
/* How a scalar is compared: as bytes, or as a number of 2, 4 or 8 bytes. */
enum comparison { BYTES = 0, HALF = 2, FLOAT = 4, DOUBLE = 8 };
struct field { unsigned offset, size; enum comparison as; };
struct argument {
  enum kind kind;
  /* Of the data; of LOCAL, what to allocate. */
  size_t bytes;
  const uint64_t *data;
  size_t stride, field_count;
  const struct field *fields;
  size_t width, height, depth;
  int is_real;
};
struct benchmark {
  const char *kernel, *source;
  unsigned dimensions;
  const size_t *global_size, *local_size;
  size_t count;
  const struct argument *arguments;
};

static void check(cl_int code, const char *what) {
  if (code == CL_SUCCESS) return;
  fprintf(stderr, "%s failed with OpenCL error %d\n", what, (int)code);
  exit(2);
}

static void *allocate(size_t bytes) {
  void *memory = calloc(bytes ? bytes : 1, 1);
  if (memory == NULL) check(-6, "malloc");
  return memory;
}

/* The device with that number, over all platforms in the loader's order. */
static cl_device_id find_device(unsigned wanted) {
  cl_platform_id platforms[16];
  cl_uint platform_count = 0;
  check(clGetPlatformIDs(16, platforms, &platform_count), "clGetPlatformIDs");
  for (cl_uint p = 0; p < platform_count && p < 16; p++) {
    cl_device_id devices[16];
    cl_uint count = 0;
    if (clGetDeviceIDs(platforms[p], CL_DEVICE_TYPE_ALL, 16, devices, &count) != CL_SUCCESS) continue;
    if (wanted < count) return devices[wanted];
    wanted -= count;
  }
  fprintf(stderr, "no OpenCL device with that number\n");
  exit(2);
}

static cl_kernel build(const struct benchmark *b, cl_context context, cl_device_id device) {
  /* The newest first, as validation builds; a compiler without it refuses the option. */
  static const char *const standards[] = {"-cl-std=CL3.0", "-cl-std=CL2.0", "-cl-std=CL1.2", ""};
  cl_int code = CL_SUCCESS;
  const char *source = b->source;
  for (unsigned i = 0; i < sizeof standards / sizeof *standards; i++) {
    cl_program program = clCreateProgramWithSource(context, 1, &source, NULL, &code);
    check(code, "clCreateProgramWithSource");
    if (clBuildProgram(program, 1, &device, standards[i], NULL, NULL) == CL_SUCCESS) {
      cl_kernel kernel = clCreateKernel(program, b->kernel, &code);
      check(code, "clCreateKernel");
      return kernel;
    }
    if (i + 1 == sizeof standards / sizeof *standards) {
      static char log[1 << 16];
      clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, sizeof log - 1, log, NULL);
      fprintf(stderr, "%s\n", log);
    }
  }
  check(-11, "clBuildProgram");
  return NULL;
}

struct run {
  cl_context context;
  cl_command_queue queue;
  cl_kernel kernel;
  size_t guard;
  cl_mem *memory;
};

static void set_argument(struct run *r, const struct argument *a, unsigned i) {
  cl_int code = CL_SUCCESS;
  if (a->kind == LOCAL) check(clSetKernelArg(r->kernel, i, a->bytes, NULL), "clSetKernelArg");
  if (a->kind == VALUE) check(clSetKernelArg(r->kernel, i, a->bytes, a->data), "clSetKernelArg");
  if (a->kind == SAMPLER) {
    cl_sampler sampler = clCreateSampler(r->context, 0, CL_ADDRESS_CLAMP_TO_EDGE, CL_FILTER_NEAREST, &code);
    check(code, "clCreateSampler");
    check(clSetKernelArg(r->kernel, i, sizeof sampler, &sampler), "clSetKernelArg");
  }
  if (a->kind == IMAGE) {
    cl_image_format format = {CL_RGBA, a->is_real ? CL_FLOAT : CL_UNSIGNED_INT8};
    cl_image_desc desc;
    memset(&desc, 0, sizeof desc);
    desc.image_type = a->depth > 0 ? CL_MEM_OBJECT_IMAGE3D : CL_MEM_OBJECT_IMAGE2D;
    desc.image_width = a->width;
    desc.image_height = a->height;
    desc.image_depth = a->depth;
    r->memory[i] = clCreateImage(r->context, CL_MEM_READ_WRITE, &format, &desc, NULL, &code);
    check(code, "clCreateImage");
    check(clSetKernelArg(r->kernel, i, sizeof r->memory[i], &r->memory[i]), "clSetKernelArg");
  }
  if (a->kind == BUFFER) {
    cl_buffer_region region = {r->guard, a->bytes};
    r->memory[i] = clCreateBuffer(r->context, CL_MEM_READ_WRITE, a->bytes + 2 * r->guard, NULL, &code);
    check(code, "clCreateBuffer");
    cl_mem window = clCreateSubBuffer(r->memory[i], CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, &code);
    check(code, "clCreateSubBuffer");
    check(clSetKernelArg(r->kernel, i, sizeof window, &window), "clSetKernelArg");
  }
}

static const size_t origin[3] = {0, 0, 0};

static void write_argument(struct run *r, const struct argument *a, unsigned i, unsigned char *scratch) {
  if (a->kind == IMAGE) {
    size_t region[3] = {a->width, a->height, a->depth > 0 ? a->depth : 1};
    check(clEnqueueWriteImage(r->queue, r->memory[i], CL_TRUE, origin, region, 0, 0, a->data, 0, NULL, NULL), "clEnqueueWriteImage");
  }
  if (a->kind == BUFFER) {
    size_t all = a->bytes + 2 * r->guard;
    memset(scratch, 0xA5, all);
    memcpy(scratch + r->guard, a->data, a->bytes);
    check(clEnqueueWriteBuffer(r->queue, r->memory[i], CL_TRUE, 0, all, scratch, 0, NULL, NULL), "clEnqueueWriteBuffer");
  }
}

/* Into `result`; the number of guard bytes that have changed. */
static size_t read_argument(struct run *r, const struct argument *a, unsigned i, unsigned char *scratch, unsigned char *result) {
  size_t damage = 0;
  if (a->kind == IMAGE) {
    size_t region[3] = {a->width, a->height, a->depth > 0 ? a->depth : 1};
    check(clEnqueueReadImage(r->queue, r->memory[i], CL_TRUE, origin, region, 0, 0, result, 0, NULL, NULL), "clEnqueueReadImage");
  }
  if (a->kind == BUFFER) {
    size_t all = a->bytes + 2 * r->guard;
    check(clEnqueueReadBuffer(r->queue, r->memory[i], CL_TRUE, 0, all, scratch, 0, NULL, NULL), "clEnqueueReadBuffer");
    memcpy(result, scratch + r->guard, a->bytes);
    for (size_t k = 0; k < r->guard; k++) damage += (scratch[k] != 0xA5) + (scratch[r->guard + a->bytes + k] != 0xA5);
  }
  return damage;
}

/* Nanoseconds on the device. */
static cl_ulong launch(struct run *r, const struct benchmark *b) {
  cl_event event;
  cl_ulong start = 0, end = 0;
  check(clEnqueueNDRangeKernel(r->queue, r->kernel, b->dimensions, NULL, b->global_size, b->local_size, 0, NULL, &event), "clEnqueueNDRangeKernel");
  check(clFinish(r->queue), "clFinish");
  check(clGetEventProfilingInfo(event, CL_PROFILING_COMMAND_START, sizeof start, &start, NULL), "clGetEventProfilingInfo");
  check(clGetEventProfilingInfo(event, CL_PROFILING_COMMAND_END, sizeof end, &end, NULL), "clGetEventProfilingInfo");
  return end - start;
}

static int is_nan(const unsigned char *at, enum comparison as) {
  uint16_t half;
  float single;
  double full;
  if (as == HALF) return memcpy(&half, at, 2), (half & 0x7fff) > 0x7c00;
  if (as == FLOAT) return memcpy(&single, at, 4), isnan(single);
  if (as == DOUBLE) return memcpy(&full, at, 8), isnan(full);
  return 0;
}

/* The number of scalars that differ; padding does not count. */
static size_t compare(const struct argument *a, const unsigned char *x, const unsigned char *y) {
  size_t differing = 0;
  for (size_t at = 0; at + a->stride <= a->bytes; at += a->stride)
    for (size_t f = 0; f < a->field_count; f++) {
      const unsigned char *p = x + at + a->fields[f].offset, *q = y + at + a->fields[f].offset;
      if (memcmp(p, q, a->fields[f].size) == 0) continue;
      if (is_nan(p, a->fields[f].as) && is_nan(q, a->fields[f].as)) continue;
      differing++;
    }
  return differing;
}

static int run_benchmark(const struct benchmark *b, int count, char **words) {
  cl_device_id device = find_device(count > 1 ? (unsigned)atoi(words[1]) : 0);
  cl_int code = CL_SUCCESS;
  cl_uint alignment = 0;
  char name[256] = "";
  clGetDeviceInfo(device, CL_DEVICE_NAME, sizeof name - 1, name, NULL);
  clGetDeviceInfo(device, CL_DEVICE_MEM_BASE_ADDR_ALIGN, sizeof alignment, &alignment, NULL);
  struct run r;
  r.context = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
  check(code, "clCreateContext");
  r.queue = clCreateCommandQueue(r.context, device, CL_QUEUE_PROFILING_ENABLE, &code);
  check(code, "clCreateCommandQueue");
  r.kernel = build(b, r.context, device);
  r.guard = alignment / 8 > 256 ? alignment / 8 : 256;
  r.memory = allocate(b->count * sizeof *r.memory);
  size_t largest = 0;
  for (unsigned i = 0; i < b->count; i++) {
    set_argument(&r, &b->arguments[i], i);
    if (b->arguments[i].bytes > largest) largest = b->arguments[i].bytes;
  }
  unsigned char *scratch = allocate(largest + 2 * r.guard);
  unsigned char **results = allocate(2 * b->count * sizeof *results);
  size_t damage = 0, differing = 0, changed = 0;
  cl_ulong nanoseconds[2];
  for (unsigned n = 0; n < 2; n++) {
    for (unsigned i = 0; i < b->count; i++) write_argument(&r, &b->arguments[i], i, scratch);
    nanoseconds[n] = launch(&r, b);
    for (unsigned i = 0; i < b->count; i++) {
      results[n * b->count + i] = allocate(b->arguments[i].bytes);
      damage += read_argument(&r, &b->arguments[i], i, scratch, results[n * b->count + i]);
    }
  }
  uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, of all that the kernel may write */
  for (unsigned i = 0; i < b->count; i++) {
    const struct argument *a = &b->arguments[i];
    if (a->kind != BUFFER && a->kind != IMAGE) continue;
    differing += compare(a, results[i], results[b->count + i]);
    changed += compare(a, results[i], (const unsigned char *)a->data);
    for (size_t k = 0; k < a->bytes; k++) hash = (hash ^ results[i][k]) * 0x100000001b3u;
  }
  int passes = damage == 0 && differing == 0 && changed > 0;
  printf("%s on %s: %llu ns, %llu ns, %zu scalars changed, hash %016llx\n", b->kernel, name,
         (unsigned long long)nanoseconds[0], (unsigned long long)nanoseconds[1], changed, (unsigned long long)hash);
  if (damage > 0) printf("%zu bytes beside buffers were overwritten\n", damage);
  if (differing > 0) printf("%zu scalars differ between two runs\n", differing);
  if (changed == 0) printf("nothing was written\n");
  puts(passes ? "PASS" : "FAIL");
  return passes ? 0 : 1;
}
