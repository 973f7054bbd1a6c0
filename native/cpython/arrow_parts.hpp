// No Python, no malloc, no exceptions. How much of the buffers that it keeps an object of pyarrow
// shows: a slice of a table keeps all of them.
#pragma once

#include <cstdint>

#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// Whether objects of a type are columns, arrays of texts, other arrays, tables or batches of
/// Arrow.
enum class ArrowKind : std::uint8_t { kNone, kChunked, kArray, kPlainArray, kTable, kBatch };
ArrowKind arrow_kind_of(const PyTypeObject* type) noexcept;

/// Of arrays of numbers, times, texts and bytes; others are left out. buffers_bytes 0: none, or
/// not understood.
struct ArrowParts {
  std::uint64_t shown_bytes = 0;    ///< what its rows take
  std::uint64_t buffers_bytes = 0;  ///< of the buffers that these rows lie in
  std::uint64_t largest_bytes = 0;  ///< of the largest of these
  std::uintptr_t largest = 0;       ///< where that begins
};
ArrowParts arrow_parts_of(PyObject* object, ArrowKind kind) noexcept;

}  // namespace heapwise::cpython
