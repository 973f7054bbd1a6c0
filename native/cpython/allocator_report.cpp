#include "cpython/allocator_report.hpp"

#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cpython/pymem_hooks.hpp"

extern "C" int heapwise_print_free_lists(FILE* out);

namespace heapwise::cpython {

namespace {

// Exported by every supported version, though declared in private headers.
using PoolsFunction = int (*)(FILE*);
using TypesFunction = void (*)(FILE*);

void print(void* file) {
  auto* const out = static_cast<FILE*>(file);
  if (void* pools = ::dlsym(RTLD_DEFAULT, "_PyObject_DebugMallocStats"))
    reinterpret_cast<PoolsFunction>(pools)(out);
  if (void* types = ::dlsym(RTLD_DEFAULT, "_PyObject_DebugTypeStats"))
    reinterpret_cast<TypesFunction>(types)(out);
  else
    heapwise_print_free_lists(out);
}

}  // namespace

void take_allocator_report(AllocatorReport& report) noexcept {
  report.text_bytes = 0;
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  const struct mallinfo2 info = ::mallinfo2();
  report.has_malloc = true;
  report.malloc_arena_bytes = info.arena;
  report.malloc_mapped_bytes = info.hblkhd;
  report.malloc_used_bytes = info.uordblks;
  report.malloc_free_bytes = info.fordblks;
#endif
  const int memory = ::memfd_create("heapwise", MFD_CLOEXEC);
  if (memory < 0) return;
  FILE* file = ::fdopen(memory, "w+");
  if (file == nullptr) {
    ::close(memory);
    return;
  }
  call_unhooked(print, file);
  ::fflush(file);
  const ssize_t got = ::pread(memory, report.text, AllocatorReport::kTextRoom, 0);
  report.text_bytes = got > 0 ? static_cast<std::size_t>(got) : 0;
  ::fclose(file);
}

}  // namespace heapwise::cpython
