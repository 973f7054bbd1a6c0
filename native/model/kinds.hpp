// What gave a block: the allocator that a record belongs to. Part of the file format.
#pragma once

#include <cstdint>

namespace heapwise {

enum class Kind : std::uint8_t {
  kPymalloc = 0,  ///< PyObject_*/PyMem_* blocks up to 512 bytes, from pymalloc's pools
  kPyMem = 1,     ///< PyMem_Raw* blocks: everything larger, and raw users
  kMalloc = 2,    ///< the malloc family, called by native code
  kMmap = 3,      ///< anonymous mappings
  kMmapFile = 4,  ///< file-backed mappings: not heap, shown apart
  kReserved = 5,  ///< addresses mapped without access: not heap until mprotect(2) gives access
  kPool = 6,      ///< pages touched of a mapping made with MAP_NORESERVE: some library's own pool
  kCopy = 7,      ///< not memory: bytes that memcpy(3) and memmove(3) moved, in large pieces
};
inline constexpr unsigned kKindsCount = 8;

inline constexpr bool is_heap(Kind kind) noexcept {
  return kind != Kind::kMmapFile && kind != Kind::kReserved && kind != Kind::kCopy;
}

/// How allocations are recorded.
enum class Mode : std::uint8_t { kOff = 0, kExact = 1, kSampled = 2 };

}  // namespace heapwise
