// No Python, no malloc, no exceptions. How much of the buffers that objects of pyarrow keep they
// show: a slice of a table keeps all of them.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "base/index_map.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// Whether objects of a type are columns, arrays of texts, other arrays, tables or batches of
/// Arrow.
enum class ArrowKind : std::uint8_t { kNone, kChunked, kArray, kPlainArray, kTable, kBatch };
ArrowKind arrow_kind_of(const PyTypeObject* type) noexcept;

/// The buffers of arrays of numbers, times, texts and bytes that Arrow's own pools gave, or an
/// array of NumPy that nothing but Arrow has, and what of each is shown by one object or another.
/// Others are left out: those of files, of bytes, of types whose layout is not known here.
class ArrowBuffers {
 public:
  struct Row {
    std::uintptr_t at = 0;          ///< where it begins; 0: none
    std::uint64_t bytes = 0;        ///< that it keeps
    std::uint64_t first_shown = 0;  ///< the bytes between these are shown, or may be
    std::uint64_t end_shown = 0;
    std::uintptr_t owner = 0;  ///< the array of NumPy whose memory it is; 0: Arrow's own
    std::uint32_t node = 0;    ///< the first that shows some of it
  };

  /// array_type: numpy.ndarray, or null.
  explicit ArrowBuffers(const PyTypeObject* array_type) noexcept : array_type_(array_type) {}
  ~ArrowBuffers() { owners_.release(); }
  ArrowBuffers(const ArrowBuffers&) = delete;
  ArrowBuffers& operator=(const ArrowBuffers&) = delete;

  /// Notes what an object shows.
  void add(PyObject* object, ArrowKind kind, std::uint32_t node) noexcept;
  /// Whether all that was asked about has been noted: of too many arrays nothing is known.
  [[nodiscard]] bool complete() const noexcept { return complete_; }
  [[nodiscard]] const Growing<Row>& rows() const noexcept { return rows_; }

  /// Whether buffers have arrays of NumPy for owners: then `hold` is to be told of each that is
  /// referred to elsewhere.
  [[nodiscard]] bool has_owners() const noexcept { return owners_.count() != 0; }
  void hold(std::uintptr_t array) noexcept;
  /// Whether a buffer would stay without what shows it.
  [[nodiscard]] bool is_held(const Row& row) noexcept;

 private:
  void add_data(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_array(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_column(std::uintptr_t address, std::uint32_t node) noexcept;
  void show(const Row& shown) noexcept;
  bool note_owner(std::uintptr_t owner) noexcept;

  enum class Owner : std::uint8_t { kNone, kOfArrow, kHeld };
  const PyTypeObject* array_type_;
  Growing<Row> rows_;  ///< by the hash of where they begin
  IndexMap<AddressKey, Owner> owners_;
  std::uint64_t count_ = 0;
  std::uint64_t arrays_count_ = 0;
  bool complete_ = true;
};

}  // namespace heapwise::cpython
