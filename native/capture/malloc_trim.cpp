#include "capture/malloc_trim.hpp"

#include <dlfcn.h>
#include <link.h>
#include <malloc.h>

#include <cstdint>
#include <initializer_list>

namespace heapwise {

namespace {

/// The library that an address lies in and defines the symbol there; nullptr when it does not.
[[maybe_unused]] const void* definer_of(const void* symbol) noexcept {
  Dl_info info{};
  void* row = nullptr;
  if (symbol == nullptr || ::dladdr1(symbol, &info, &row, RTLD_DL_SYMENT) == 0 || row == nullptr)
    return nullptr;
  return static_cast<const ElfW(Sym)*>(row)->st_shndx == SHN_UNDEF ? nullptr : info.dli_fbase;
}

/// The library whose symbol everybody uses; nullptr when there is none. A program that is not
/// position-independent can show a symbol that it does not define (the address of its own table's
/// entry for it): then its libraries are asked one by one, in the order in which they are searched.
[[maybe_unused]] const void* home_of(const char* name) noexcept {
  if (const void* home = definer_of(::dlsym(RTLD_DEFAULT, name))) return home;
  void* program = ::dlopen(nullptr, RTLD_LAZY | RTLD_NOLOAD);
  const void* home = nullptr;
  for (const auto* map = static_cast<const link_map*>(program); map != nullptr && home == nullptr;
       map = map->l_next) {
    if (map->l_name[0] == '\0') continue;
    void* library = ::dlopen(map->l_name, RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) continue;  // the kernel's own
    const void* found = definer_of(::dlsym(library, name));
    if (reinterpret_cast<std::uintptr_t>(found) == map->l_addr) home = found;
    ::dlclose(library);
  }
  if (program != nullptr) ::dlclose(program);
  return home;
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
