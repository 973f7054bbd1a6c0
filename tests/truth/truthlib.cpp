// A library for the oracle: allocations of native code whose sizes are known.
#include <malloc.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace {

struct alignas(128) Wide {
  char bytes[128];
};

// An allocator of its own, invisible from outside: it maps pages and hands them out.
void* own_malloc(size_t size) {
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : pages;
}

void* allocate(void* size) { return malloc(*static_cast<size_t*>(size)); }

}  // namespace

extern "C" {

// The C library as compiled code calls it, for programs that have no compiler at hand.
void* c_malloc(size_t size) { return malloc(size); }
void* c_calloc(size_t count, size_t size) { return calloc(count, size); }
void* c_realloc(void* block, size_t size) { return realloc(block, size); }
void* c_reallocarray(void* block, size_t count, size_t size) {
  return reallocarray(block, count, size);
}
void c_free(void* block) { free(block); }
int c_posix_memalign(void** out, size_t alignment, size_t size) {
  return posix_memalign(out, alignment, size);
}
void* c_aligned_alloc(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }
void* c_memalign(size_t alignment, size_t size) { return memalign(alignment, size); }
void* c_valloc(size_t size) { return valloc(size); }
void* c_mmap(void* wish, size_t size, int protection, int flags, int fd, long offset) {
  return mmap(wish, size, protection, flags, fd, offset);
}
int c_munmap(void* address, size_t size) { return munmap(address, size); }
void* c_mremap(void* address, size_t old_size, size_t size, int flags) {
  return mremap(address, old_size, size, flags);
}
int c_mprotect(void* address, size_t size, int protection) {
  return mprotect(address, size, protection);
}
void* c_sbrk(ptrdiff_t increment) { return sbrk(increment); }

void* cxx_new(size_t size) { return new char[size]; }
void* cxx_new_aligned(size_t size) { return new Wide[size / sizeof(Wide)]; }
void cxx_new_and_delete(size_t size) {
  char* block = static_cast<char*>(::operator new(size));
  memset(block, 1, size);
  ::operator delete(block, size);
}

void* duplicate(size_t size) {
  char* text = static_cast<char*>(malloc(size));
  memset(text, 'x', size - 1);
  text[size - 1] = '\0';
  char* copy = strdup(text);
  free(text);
  return copy;
}

void* formatted(size_t size) {
  char* text = nullptr;
  return asprintf(&text, "%*s", static_cast<int>(size - 1), "x") < 0 ? nullptr : text;
}

void* static_allocate(size_t size) { return own_malloc(size); }

int allocate_in_threads(int count, size_t size) {
  pthread_t threads[64];
  if (count > 64) return 0;
  for (int i = 0; i < count; ++i)
    if (pthread_create(&threads[i], nullptr, allocate, &size) != 0) return 0;
  for (int i = 0; i < count; ++i) pthread_join(threads[i], nullptr);
  return 1;
}

}  // extern "C"
