// No Python, no malloc, no exceptions. What string columns of pyarrow hold: how many values.
//
// A column of strings, as pandas 3 makes them, is one buffer of characters and one of offsets in
// memory that Python does not know. Where these lie stands in structures of C++ whose layout no
// interface promises: every pointer is read through the kernel and every number checked, so that a
// version that is laid out differently is not understood, and does no harm.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "cpython/arrow_parts.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// The texts of a column. values_count 0: too many values to be counted, or none.
struct ColumnTexts {
  std::uint64_t rows_count = 0;
  std::uint64_t column_bytes = 0;  ///< of the texts and of their offsets
  std::uint64_t values_count = 0;
  std::uint64_t values_bytes = 0;  ///< of the texts alone, one of each value
};

class ArrowTexts {
 public:
  /// Of an object of that kind, without the rows that it shares with those that were asked about
  /// before; rows_count 0 when it holds no others. most_bytes: no column beyond is read. Of a table
  /// the columns that have few values, together.
  ColumnTexts of(PyObject* object, ArrowKind kind, std::uint64_t most_bytes) noexcept;

 private:
  struct Chunk {
    const char* offsets = nullptr;
    const char* characters = nullptr;
    std::uint64_t rows_count = 0;
    std::uint64_t first_row = 0;
    unsigned offset_bytes = 0;
  };

  /// The rows of a buffer of offsets that were counted, and those between them; offsets 0: none.
  struct Seen {
    std::uintptr_t offsets = 0;
    std::uint64_t first_row = 0;
    std::uint64_t end_row = 0;
  };

  ColumnTexts of_table(std::uintptr_t address, std::uint64_t most_bytes) noexcept;
  ColumnTexts of_column(std::uintptr_t address, ArrowKind kind, std::uint64_t most_bytes) noexcept;
  bool read_chunk(std::uintptr_t array, Chunk* chunk) noexcept;
  bool cut_to_new(Chunk* chunk) noexcept;
  bool make_tables() noexcept;
  void clear_values() noexcept;
  bool add(const Chunk& chunk, ColumnTexts* texts) noexcept;
  bool note(std::uint64_t hash, std::uint64_t size, ColumnTexts* texts) noexcept;

  Growing<Seen> seen_;  ///< by the hash of where the offsets lie
  std::uint64_t seen_count_ = 0;
  std::uint64_t arrays_count_ = 0;
  Growing<std::uint64_t> table_;   ///< hashes of the values of one column
  Growing<std::uint32_t> places_;  ///< where in the table they stand
};

}  // namespace heapwise::cpython
