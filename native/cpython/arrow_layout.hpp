// No Python, no malloc, no exceptions. How objects of pyarrow lie in memory.
//
// No interface promises these layouts: whoever reads by them checks every number, and takes what
// does not fit for something that is not understood.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/read_memory.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython::arrow {

/// pyarrow.lib.ChunkedArray, Array and Table begin alike. Source: pyarrow/lib.pxd, 10 to 26.
struct ArrowObject {
  PyObject ob_base;
  PyObject* weak_references;
  void* methods;
  std::uintptr_t shared;
  void* shared_count;
  std::uintptr_t plain;  ///< the same pointer once more
};

/// A std::shared_ptr, and the part of a std::vector that says where its items are.
struct Shared {
  std::uintptr_t target;
  void* count;
};
struct Items {
  std::uintptr_t begin;
  std::uintptr_t end;
};

/// arrow::SimpleTable, whose columns are arrow::ChunkedArray, and arrow::SimpleRecordBatch, whose
/// columns are arrow::ArrayData. Source: arrow/table.cc, arrow/record_batch.cc, 10 to 26.
struct Table {
  void* methods;
  Shared schema;
  std::int64_t rows_count;
  Items columns;
};

/// arrow::Array. Source: arrow/array/array_base.h.
struct Array {
  void* methods;
  Shared data;
};

/// arrow::ArrayData. Source: arrow/array/data.h.
struct ArrayData {
  Shared type;
  std::int64_t rows_count;
  std::int64_t nulls_count;
  std::int64_t first_row;
  Items buffers;
};

/// arrow::DataType. Source: arrow/type.h, 15 to 26.
struct DataType {
  void* methods;
  void* fingerprints[2];
  Shared weak_self;
  std::int32_t id;
};

/// arrow::Buffer. Source: arrow/buffer.h.
struct Buffer {
  void* methods;
  std::uint8_t is_mutable;
  std::uint8_t is_cpu;
  std::uintptr_t data;
  std::int64_t size;
  std::int64_t capacity;
};

/// How many shared pointers a vector holds; 0 for what can be none.
inline std::uint64_t count_of(const Items& items, std::uint64_t most) noexcept {
  if (items.begin == 0 || items.end < items.begin) return 0;
  const std::uint64_t bytes = items.end - items.begin;
  return bytes % sizeof(Shared) == 0 && bytes / sizeof(Shared) <= most ? bytes / sizeof(Shared) : 0;
}

/// How wide the offsets of a type of texts, or of bytes, are; 0 for other types. Source:
/// arrow/type_fwd.h, whose numbers never change.
inline unsigned offset_bytes_of(const DataType& type) noexcept {
  constexpr std::int32_t kString = 13;
  constexpr std::int32_t kBinary = 14;
  constexpr std::int32_t kLargeString = 34;
  constexpr std::int32_t kLargeBinary = 35;
  if (type.id == kString || type.id == kBinary) return 4;
  return type.id == kLargeString || type.id == kLargeBinary ? 8 : 0;
}

inline std::uint64_t offset_at(const char* offsets, std::uint64_t row,
                               unsigned offset_bytes) noexcept {
  std::uint64_t offset = 0;
  std::memcpy(&offset, offsets + row * offset_bytes, offset_bytes);
  return offset;
}

/// What an object of pyarrow stands for; 0 where it is not laid out so.
inline std::uintptr_t shared_of(PyObject* object) noexcept {
  ArrowObject found;
  const bool known = read_memory(reinterpret_cast<std::uintptr_t>(object), &found);
  return known && found.shared == found.plain ? found.shared : 0;
}

}  // namespace heapwise::cpython::arrow
