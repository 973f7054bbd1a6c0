#include "cpython/arrow_parts.hpp"

#include <cstring>

#include "cpython/arrow_layout.hpp"

namespace heapwise::cpython {

using namespace arrow;

namespace {

constexpr std::uint64_t kMostRows = 1ULL << 40;
constexpr std::uint64_t kMostChunks = 1ULL << 16;
constexpr std::uint64_t kMostColumns = 1ULL << 14;
constexpr std::uint64_t kMostBytes = 1ULL << 46;
constexpr std::uint64_t kLeastReserved = 4096;

/// The bits that a value of a type takes; 0 for types whose values are of no one width. Source:
/// arrow/type_fwd.h, whose numbers never change.
unsigned bits_of(std::int32_t type) noexcept {
  switch (type) {
    case 1:  // bool
      return 1;
    case 2:  // uint8, int8
    case 3: return 8;
    case 4:  // uint16, int16, half float
    case 5:
    case 10: return 16;
    case 6:  // uint32, int32, float, date32, time32
    case 7:
    case 11:
    case 16:
    case 19: return 32;
    case 8:  // uint64, int64, double, date64, timestamp, time64, duration
    case 9:
    case 12:
    case 17:
    case 18:
    case 20:
    case 33: return 64;
    case 23:  // decimal128
      return 128;
    default: return 0;
  }
}

/// Adds what an array shows and keeps.
void add_data(std::uintptr_t address, ArrowParts* parts) noexcept {
  ArrayData data;
  DataType type;
  if (!read(address, &data) || !read(data.type.target, &type)) return;
  const unsigned offset_bytes = offset_bytes_of(type);
  const std::uint64_t wanted = offset_bytes != 0 ? 3 : 2;
  const auto rows = static_cast<std::uint64_t>(data.rows_count);
  const auto first = static_cast<std::uint64_t>(data.first_row);
  if ((offset_bytes == 0 && bits_of(type.id) == 0) || count_of(data.buffers, 3) != wanted ||
      rows > kMostRows || first > kMostRows)
    return;
  Shared shared[3] = {};
  std::uint64_t sizes[3] = {};
  std::uint64_t kept[3] = {};
  std::uintptr_t places[3] = {};
  for (std::uint64_t i = 0; i < wanted; ++i) {
    Buffer buffer;
    if (!read(data.buffers.begin + i * sizeof shared[i], &shared[i])) return;
    if (shared[i].target == 0) continue;
    if (!read(shared[i].target, &buffer) || buffer.is_cpu != 1 || buffer.size < 0 ||
        static_cast<std::uint64_t>(buffer.size) > kMostBytes)
      return;
    sizes[i] = static_cast<std::uint64_t>(buffer.size);
    // Builders reserve more than they fill: at most twice as much, and what they begin with.
    const auto reserved = static_cast<std::uint64_t>(buffer.capacity);
    kept[i] =
        reserved > sizes[i] && reserved <= 2 * sizes[i] + kLeastReserved ? reserved : sizes[i];
    places[i] = buffer.data;
  }
  std::uint64_t shown = sizes[0] != 0 ? rows / 8 : 0;
  if (offset_bytes != 0) {
    std::uint64_t ends[2] = {};
    if ((first + rows + 1) * offset_bytes > sizes[1]) return;
    for (int i = 0; i < 2; ++i) {
      const iovec local{&ends[i], offset_bytes};
      const iovec remote{
          reinterpret_cast<void*>(places[1] + (first + (i != 0 ? rows : 0)) * offset_bytes),
          offset_bytes};
      if (::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0) != ssize_t{offset_bytes}) return;
    }
    if (ends[0] > ends[1] || ends[1] > sizes[2]) return;
    shown += rows * offset_bytes + ends[1] - ends[0];
  } else {
    const std::uint64_t bits = bits_of(type.id);
    if ((first + rows) * bits > sizes[1] * 8) return;
    shown += rows * bits / 8;
  }
  parts->shown_bytes += shown;
  for (std::uint64_t i = 0; i < wanted; ++i) {
    parts->buffers_bytes += kept[i];
    if (kept[i] <= parts->largest_bytes) continue;
    parts->largest_bytes = kept[i];
    parts->largest = places[i];
  }
}

void add_array(std::uintptr_t address, ArrowParts* parts) noexcept {
  Array array;
  if (read(address, &array)) add_data(array.data.target, parts);
}

/// What stands in a vector of shared pointers, each taken by a function.
template <class Function>
void for_each(const Items& items, std::uint64_t most, Function function) noexcept {
  const std::uint64_t count = count_of(items, most);
  for (std::uint64_t i = 0; i < count; ++i) {
    Shared item;
    if (read(items.begin + i * sizeof item, &item)) function(item.target);
  }
}

void add_column(std::uintptr_t address, ArrowParts* parts) noexcept {
  Items arrays;
  if (!read(address, &arrays)) return;
  for_each(arrays, kMostChunks, [parts](std::uintptr_t array) { add_array(array, parts); });
}

bool ends_with(const char* text, const char* end) noexcept {
  const std::size_t length = std::strlen(text);
  const std::size_t wanted = std::strlen(end);
  return length >= wanted && std::strcmp(text + length - wanted, end) == 0;
}

}  // namespace

ArrowKind arrow_kind_of(const PyTypeObject* type) noexcept {
  constexpr char kModule[] = "pyarrow.lib.";
  if (std::strncmp(type->tp_name, kModule, sizeof kModule - 1) != 0) return ArrowKind::kNone;
  const char* name = type->tp_name + sizeof kModule - 1;
  if (std::strcmp(name, "ChunkedArray") == 0) return ArrowKind::kChunked;
  if (std::strcmp(name, "StringArray") == 0 || std::strcmp(name, "LargeStringArray") == 0)
    return ArrowKind::kArray;
  if (std::strcmp(name, "Table") == 0) return ArrowKind::kTable;
  if (std::strcmp(name, "RecordBatch") == 0) return ArrowKind::kBatch;
  return ends_with(name, "Array") ? ArrowKind::kPlainArray : ArrowKind::kNone;
}

ArrowParts arrow_parts_of(PyObject* object, ArrowKind kind) noexcept {
  ArrowParts parts;
  const std::uintptr_t shared = shared_of(object);
  if (shared == 0) return parts;
  if (kind == ArrowKind::kChunked) {
    add_column(shared, &parts);
  } else if (kind == ArrowKind::kTable) {
    Table table;
    if (read(shared, &table))
      for_each(table.columns, kMostColumns,
               [&parts](std::uintptr_t column) { add_column(column, &parts); });
  } else if (kind == ArrowKind::kBatch) {
    Batch batch;
    if (read(shared, &batch))
      for_each(batch.columns, kMostColumns,
               [&parts](std::uintptr_t data) { add_data(data, &parts); });
  } else {
    add_array(shared, &parts);
  }
  return parts;
}

}  // namespace heapwise::cpython
