// Hot path: no Python, no malloc, no exceptions.
// Pages straight from the kernel, the only source of memory of the recorder.
#pragma once

#include <errno.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

namespace heapwise {

inline constexpr std::size_t kPageBytes = 4096;

/// Bytes mapped by the recorder for its own tables (not all of them touched).
inline std::uint64_t g_own_mapped_bytes = 0;

/// Maps zeroed pages; nullptr when the kernel refuses. Pages cost nothing until they are touched.
inline void* map_pages(std::size_t bytes) noexcept {
  const int saved_errno = errno;  // the caller of a hook must not see ours
  void* pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) {
    errno = saved_errno;
    return nullptr;
  }
  // A sparse table must not be rounded up to huge pages: that would turn 4 KiB into 2 MiB.
  ::madvise(pages, bytes, MADV_NOHUGEPAGE);
  errno = saved_errno;
  __atomic_fetch_add(&g_own_mapped_bytes, bytes, __ATOMIC_RELAXED);
  return pages;
}

inline void unmap_pages(void* pages, std::size_t bytes) noexcept {
  if (pages == nullptr) return;
  ::munmap(pages, bytes);
  __atomic_fetch_sub(&g_own_mapped_bytes, bytes, __ATOMIC_RELAXED);
}

/// Grows a mapping, which may move; what is new is zeroed. nullptr (and nothing changed) when the
/// kernel refuses.
inline void* remap_pages(void* pages, std::size_t bytes, std::size_t grown_bytes) noexcept {
  if (pages == nullptr) return map_pages(grown_bytes);
  void* grown = ::mremap(pages, bytes, grown_bytes, MREMAP_MAYMOVE);
  if (grown == MAP_FAILED) return nullptr;
  __atomic_fetch_add(&g_own_mapped_bytes, grown_bytes - bytes, __ATOMIC_RELAXED);
  return grown;
}

inline constexpr std::size_t round_up(std::size_t value, std::size_t unit) noexcept {
  return (value + unit - 1) / unit * unit;
}

}  // namespace heapwise
