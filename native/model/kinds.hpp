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
};
inline constexpr unsigned kKindsCount = 5;

/// How allocations are recorded.
enum class Mode : std::uint8_t { kOff = 0, kExact = 1, kSampled = 2 };

}  // namespace heapwise
