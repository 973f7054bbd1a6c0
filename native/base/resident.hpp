// No Python, no malloc, no exceptions.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

/// Whether most of a range lies in memory: what was never touched costs nothing. False where a
/// part of it is not mapped.
inline bool is_resident(const void* data, std::uint64_t size) noexcept {
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(data) & ~(kPageBytes - 1);
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(data) + size;
  unsigned char pages[1024];
  std::uint64_t there = 0;
  std::uint64_t seen = 0;
  for (std::uintptr_t at = begin; at < end; at += sizeof pages * kPageBytes) {
    const std::size_t left = (end - at + kPageBytes - 1) / kPageBytes;
    const std::size_t count = left < sizeof pages ? left : sizeof pages;
    if (::mincore(reinterpret_cast<void*>(at), count * kPageBytes, pages) != 0) return false;
    for (std::size_t i = 0; i < count; ++i) there += pages[i] & 1;
    seen += count;
  }
  return there * 2 > seen;
}

}  // namespace heapwise
