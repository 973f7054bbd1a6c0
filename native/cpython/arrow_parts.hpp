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
/// array of NumPy or bytes of Python that nothing but Arrow has, and what of each is shown by one
/// object or another. Others are left out: those of files, of types whose layout is not known here.
class ArrowBuffers {
 public:
  static constexpr std::uint64_t kLeastTimes = 4;  ///< as much is kept as is shown, to be told

  struct Row {
    std::uintptr_t at = 0;          ///< where it begins; 0: none
    std::uint64_t bytes = 0;        ///< that it keeps
    std::uint64_t first_shown = 0;  ///< the bytes between these are shown, or may be
    std::uint64_t end_shown = 0;
    std::uintptr_t owner =
        0;  ///< the array or bytes whose memory it is, or the buffer it is a part of; 0: none
    std::uint32_t node = 0;  ///< the first that shows some of it
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

  /// Whether buffers have objects for owners: then `hold` is to be told of each array and each
  /// bytes that is referred to elsewhere.
  [[nodiscard]] bool has_owners() const noexcept { return owners_.count() != 0; }
  void hold(std::uintptr_t object) noexcept;
  /// When all has been added, once.
  void sum_up() noexcept;
  /// Whether a buffer would stay without what shows little of it: its owner is held, or is shown.
  [[nodiscard]] bool is_held(const Row& row) noexcept;

 private:
  void add_data(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_array(std::uintptr_t address, std::uint32_t node) noexcept;
  void add_column(std::uintptr_t address, std::uint32_t node) noexcept;
  void show(const Row& shown) noexcept;
  bool note_owner(std::uintptr_t owner) noexcept;

  static constexpr std::uint64_t kHeld = 2;

  /// An object whose memory buffers have; bytes, shown: of all of them.
  struct Owner {
    std::uint64_t holders = 0;  ///< 1: Arrow alone
    std::uint64_t bytes = 0;
    std::uint64_t shown = 0;
    bool operator==(const Owner&) const = default;
  };

  const PyTypeObject* array_type_;
  Growing<Row> rows_;  ///< by the hash of where they begin
  IndexMap<AddressKey, Owner> owners_;
  std::uint64_t count_ = 0;
  std::uint64_t arrays_count_ = 0;
  bool complete_ = true;
};

}  // namespace heapwise::cpython
