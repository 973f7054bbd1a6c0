// No Python, no malloc, no exceptions.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

/// Pages of a range: how many there are, and how many of them lie in memory. None where a part of
/// it is not mapped.
struct Pages {
  std::uint64_t count = 0;
  std::uint64_t resident_count = 0;
};
inline Pages pages_of(const void* data, std::uint64_t size) noexcept {
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(data) & ~(kPageBytes - 1);
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(data) + size;
  unsigned char pages[1024];
  Pages found;
  for (std::uintptr_t at = begin; at < end; at += sizeof pages * kPageBytes) {
    const std::size_t left = (end - at + kPageBytes - 1) / kPageBytes;
    const std::size_t count = left < sizeof pages ? left : sizeof pages;
    if (::mincore(reinterpret_cast<void*>(at), count * kPageBytes, pages) != 0) return {};
    for (std::size_t i = 0; i < count; ++i) found.resident_count += pages[i] & 1;
    found.count += count;
  }
  return found;
}

/// Whether most of a range lies in memory: what was never touched costs nothing.
inline bool is_resident(const void* data, std::uint64_t size) noexcept {
  const Pages pages = pages_of(data, size);
  return pages.resident_count * 2 > pages.count;
}

/// Whether all of it does: of a file that is mapped, and was cut since, reading another page ends
/// the process.
inline bool is_all_resident(const void* data, std::uint64_t size) noexcept {
  const Pages pages = pages_of(data, size);
  return pages.count != 0 && pages.resident_count == pages.count;
}

}  // namespace heapwise
