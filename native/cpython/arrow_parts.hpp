// No Python, no malloc, no exceptions. How much of the buffers that objects of pyarrow keep they
// show: a slice of a table keeps all of them.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// Whether objects of a type are columns, arrays of texts, other arrays, tables or batches of
/// Arrow.
enum class ArrowKind : std::uint8_t { kNone, kChunked, kArray, kPlainArray, kTable, kBatch };
ArrowKind arrow_kind_of(const PyTypeObject* type) noexcept;

/// The buffers of arrays of numbers, times, texts and bytes that Arrow's own pools gave, and what
/// of each is shown by one object or another. Others are left out: those of NumPy, of files, of
/// types whose layout is not known here.
class ArrowBuffers {
 public:
  struct Row {
    std::uintptr_t at = 0;          ///< where it begins; 0: none
    std::uint64_t bytes = 0;        ///< that it keeps
    std::uint64_t first_shown = 0;  ///< the bytes between these are shown, or may be
    std::uint64_t end_shown = 0;
    std::uint32_t node = 0;  ///< the first that shows some of it
  };

  /// Notes what an object shows.
  void add(PyObject* object, ArrowKind kind, std::uint32_t node) noexcept;
  /// Whether all that was asked about has been noted: of too many arrays nothing is known.
  [[nodiscard]] bool complete() const noexcept { return complete_; }
  [[nodiscard]] const Growing<Row>& rows() const noexcept { return rows_; }

 private:
  void add_data(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_array(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_column(std::uintptr_t address, std::uint32_t node) noexcept;
  void show(std::uintptr_t at, std::uint64_t bytes, std::uint64_t first, std::uint64_t end,
            std::uint32_t node) noexcept;

  Growing<Row> rows_;  ///< by the hash of where they begin
  std::uint64_t count_ = 0;
  std::uint64_t arrays_count_ = 0;
  bool complete_ = true;
};

}  // namespace heapwise::cpython
