// What the allocators say of themselves: pymalloc's pools, the interpreter's free lists, malloc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapwise::cpython {

struct AllocatorReport {
  static constexpr std::size_t kTextRoom = 32 * 1024;
  char text[kTextRoom];  ///< as sys._debugmallocstats prints it; cut when there is no room
  std::size_t text_bytes = 0;
  bool has_malloc = false;               ///< whether the C library tells what follows
  std::uint64_t malloc_arena_bytes = 0;  ///< its heap and arenas, as they grew
  std::uint64_t malloc_mapped_bytes = 0;
  std::uint64_t malloc_used_bytes = 0;
  std::uint64_t malloc_free_bytes = 0;  ///< pages that were given back are counted, too
};

/// Fills in a report. With the GIL held; some 1 ms for 100 MiB of pools.
void take_allocator_report(AllocatorReport& report) noexcept;

}  // namespace heapwise::cpython
