#include "capture/malloc_trim.hpp"

#include <dlfcn.h>
#include <malloc.h>

#include <initializer_list>

namespace heapwise {

namespace {

/// Where the library begins that gives a symbol; nullptr when there is none.
[[maybe_unused]] const void* home_of(const char* name) noexcept {
  const void* symbol = ::dlsym(RTLD_DEFAULT, name);
  Dl_info info{};
  return symbol != nullptr && ::dladdr(symbol, &info) != 0 ? info.dli_fbase : nullptr;
}

}  // namespace

const char* malloc_trim_refusal() noexcept {
#ifdef __GLIBC__
  const void* library = home_of("malloc_trim");
  // A preloaded allocator stands before the C library for one of these at least.
  for (const char* name : {"malloc", "free", "realloc", "calloc"})
    if (home_of(name) != library) return "malloc is not the C library's own: another one is loaded";
  return library == nullptr ? "the C library has no malloc_trim" : nullptr;
#else
  return "the C library has no malloc_trim";
#endif
}

bool trim_malloc() noexcept {
#ifdef __GLIBC__
  return ::malloc_trim(0) != 0;
#else
  return false;
#endif
}

}  // namespace heapwise
