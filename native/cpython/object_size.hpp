// What an object takes of the allocators: its own block and those it owns, as they are rounded.
#pragma once

#include "capture/recorder.hpp"
#include "cpython/heap_walk.hpp"
#include "cpython/object_layout.hpp"

namespace heapwise::cpython {

struct ObjectSize {
  std::uint64_t own_bytes = 0;
  std::uint64_t rounded_bytes = 0;  ///< of its own, what nobody asked for
  std::uint64_t foreign_bytes = 0;  ///< memory of others that it shows: a view's data
  std::uint64_t slack_bytes = 0;    ///< of its own, room that holds nothing
  std::uintptr_t table = 0;  ///< a block beside the object's own that holds its items; 0: none
  std::uint64_t table_bytes = 0;
};

/// NumPy's array object. Source: numpy/ndarraytypes.h, 1.x and 2.x.
struct ArrayFields {
  PyObject ob_base;
  char* data;
  int dimensions_count;
  std::intptr_t* dimensions;
  std::intptr_t* strides;
  PyObject* base;
  PyObject* descriptor;
  int flags;
};
inline constexpr int kArrayOwnsData = 0x0004;
inline constexpr int kArrayContiguous = 0x0001;
inline constexpr int kArrayFortran = 0x0002;
inline constexpr int kArrayOfObjects = 17;

/// A row of a structured array (`numpy.void`): a view of the array's memory, where it has a base.
/// Source: numpy/arrayscalars.h, 1.20 to 2.x.
struct RecordFields {
  PyVarObject ob_base;
  char* data;
  PyObject* descriptor;
  int flags;
  PyObject* base;
  void* buffer_info;
};
/// Whether objects of a type are such rows.
bool is_record(const PyTypeObject* type) noexcept;

/// How many elements an array has, the bytes of one, and the number of its type.
struct ArrayShape {
  std::uint64_t elements_count = 0;
  std::uint64_t element_bytes = 0;
  int type_number = 0;
  bool swapped = false;  ///< its bytes are in the other order than this machine's
};
ArrayShape shape_of(const ArrayFields* array, int numpy_major) noexcept;

/// Whether an object is tracked by the collector's header (it stands before the object).
inline bool has_collector_header(PyObject* object) noexcept {
  PyTypeObject* type = Py_TYPE(object);
  return (type->tp_flags & Py_TPFLAGS_HAVE_GC) != 0 &&
         (type->tp_is_gc == nullptr || type->tp_is_gc(object) != 0);
}

/// The block of the recording that holds an object; its site is 0 when none is known.
Block block_of(PyObject* object) noexcept;

/// The block of the recording that begins at an address; its site is 0 when none is known.
Block block_at(std::uintptr_t address) noexcept;

/// What the allocator takes for a block: pymalloc's classes of 16 bytes, malloc's chunks above 512.
inline std::uint64_t block_bytes(std::uint64_t bytes) noexcept {
  if (bytes == 0) return 0;
  if (bytes <= 512) return (bytes + 15) & ~std::uint64_t{15};
  return (bytes + 8 + 15) & ~std::uint64_t{15};
}

/// Blocks: what the allocators take for them, and what was asked for.
struct Blocks {
  std::uint64_t bytes = 0;
  std::uint64_t asked_bytes = 0;
  Blocks& operator+=(const Blocks& others) noexcept {
    bytes += others.bytes;
    asked_bytes += others.asked_bytes;
    return *this;
  }
};

/// So many blocks of one size.
inline Blocks blocks(std::uint64_t bytes, std::uint64_t count = 1) noexcept {
  return Blocks{count * block_bytes(bytes), count * bytes};
}

ObjectSize size_of(PyObject* object, const Attributes& attributes, const WalkInput& input) noexcept;

}  // namespace heapwise::cpython
