// No Python, no malloc, no exceptions. What string columns of pyarrow hold: how many values.
//
// A column of strings, as pandas 3 makes them, is one buffer of characters and one of offsets in
// memory that Python does not know. Where these lie stands in structures of C++ whose layout no
// interface promises: every pointer is read through the kernel and every number checked, so that a
// version that is laid out differently is not understood, and does no harm.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// The texts of a column. values_count 0: too many values to be counted, or none.
struct ColumnTexts {
  std::uint64_t rows_count = 0;
  std::uint64_t column_bytes = 0;  ///< of the texts and of their offsets
  std::uint64_t values_count = 0;
  std::uint64_t values_bytes = 0;  ///< of the texts alone, one of each value
};

/// Whether objects of a type are columns or arrays of Arrow, and of which kind.
enum class ArrowKind : std::uint8_t { kNone, kChunked, kArray };
ArrowKind arrow_kind_of(const PyTypeObject* type) noexcept;

class ArrowTexts {
 public:
  /// Of an object of that kind; rows_count 0 when it holds no texts, or holds those of one that was
  /// asked about before. most_bytes: no column beyond is read.
  ColumnTexts of(PyObject* object, ArrowKind kind, std::uint64_t most_bytes) noexcept;

 private:
  struct Chunk {
    const char* offsets = nullptr;
    const char* characters = nullptr;
    std::uint64_t rows_count = 0;
    std::uint64_t first_row = 0;
    unsigned offset_bytes = 0;
  };

  bool read_chunk(std::uintptr_t array, Chunk* chunk) noexcept;
  bool is_new(const Chunk& chunk) noexcept;
  bool add(const Chunk& chunk, ColumnTexts* texts) noexcept;
  bool note(std::uint64_t hash, std::uint64_t size, ColumnTexts* texts) noexcept;

  Growing<Chunk> seen_;
  Growing<std::uint64_t> table_;  ///< hashes of the values of one column
};

}  // namespace heapwise::cpython
