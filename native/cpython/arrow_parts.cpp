#include "cpython/arrow_parts.hpp"

#include <cstring>

#include "base/hash.hpp"
#include "cpython/arrow_layout.hpp"
#include "cpython/object_size.hpp"

namespace heapwise::cpython {

using namespace arrow;

namespace {

constexpr std::uint64_t kMostRows = 1ULL << 40;
constexpr std::uint64_t kMostChunks = 1ULL << 16;
constexpr std::uint64_t kMostColumns = 1ULL << 14;
constexpr std::int64_t kMostBytes = 1LL << 46;
constexpr std::uint64_t kMostArrays = 1ULL << 15;
constexpr std::uint64_t kRoom = 1ULL << 17;

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

/// What stands in a vector of shared pointers, each taken by a function until it gives false.
template <class Function>
void for_each(const Items& items, std::uint64_t most, Function function) noexcept {
  const std::uint64_t count = count_of(items, most);
  for (std::uint64_t i = 0; i < count; ++i) {
    Shared item;
    if (read_memory(items.begin + i * sizeof item, &item) && !function(item.target)) return;
  }
}

/// Whether a buffer is one of Arrow's pools, which give addresses and sizes of whole lines of the
/// processor's cache; builders reserve more than they fill, at most twice as much.
bool is_pooled(const Buffer& buffer) noexcept {
  constexpr std::int64_t kLine = 64;
  constexpr std::int64_t kLeastReserved = 4096;
  return buffer.is_cpu == 1 && buffer.size > 0 && buffer.capacity >= buffer.size &&
         buffer.capacity <= kMostBytes && buffer.capacity <= 2 * buffer.size + kLeastReserved &&
         buffer.capacity % kLine == 0 && buffer.data % kLine == 0;
}

/// The array of NumPy that has the memory of a buffer, with the views between left out; 0 where
/// it is none's. A NumPyBuffer refers to its array behind the fields of all buffers, of which
/// there are more from version to version. Source: arrow/python/numpy_convert.h, 10 to 26.
std::uintptr_t array_of(std::uintptr_t address, const Buffer& buffer,
                        const PyTypeObject* array_type) noexcept {
  constexpr int kWords = 10;
  constexpr int kMostViews = 8;
  std::uintptr_t words[kWords];
  if (array_type == nullptr || buffer.is_cpu != 1 || buffer.size <= 0 ||
      !read_memory(address + sizeof buffer, &words))
    return 0;
  for (std::uintptr_t at : words) {
    ArrayFields array;
    if (at == 0 || !read_memory(at, &array) || Py_TYPE(&array.ob_base) != array_type ||
        reinterpret_cast<std::uintptr_t>(array.data) != buffer.data)
      continue;
    for (int i = 0; i < kMostViews && array.base != nullptr; ++i) {
      at = reinterpret_cast<std::uintptr_t>(array.base);
      if (!read_memory(at, &array) || Py_TYPE(&array.ob_base) != array_type) return 0;
    }
    return array.base == nullptr && (array.flags & kArrayOwnsData) != 0 ? at : 0;
  }
  return 0;
}

/// Whether one buffer shows a part of another.
bool is_part_of(const Buffer& part, const Buffer& whole) noexcept {
  return whole.is_cpu == 1 && whole.data != 0 && whole.size >= part.size &&
         whole.capacity >= whole.size && whole.size <= kMostBytes && whole.data <= part.data &&
         part.data + static_cast<std::uint64_t>(part.size) <=
             whole.data + static_cast<std::uint64_t>(whole.size);
}

/// The bytes of Python whose memory a buffer shows, itself or as a part of another buffer, or the
/// buffer of Arrow's pools that it is a part of, as the columns of a message that was read from a
/// file are; 0 where it is neither. A PyBuffer has a Py_buffer behind the fields of all buffers, a
/// part the buffer that it is of. Source: arrow/python/common.h, arrow/buffer.h, 10 to 26.
std::uintptr_t owner_of(std::uintptr_t address, Buffer buffer) noexcept {
  constexpr int kWords = 10;
  constexpr int kMostParts = 8;
  for (int depth = 0; depth < kMostParts; ++depth) {
    std::uintptr_t words[kWords];
    if (buffer.is_cpu != 1 || buffer.size <= 0 || !read_memory(address + sizeof buffer, &words))
      return 0;
    std::uintptr_t above = 0;
    Buffer whole{};
    for (int i = 0; i < kWords; ++i) {
      PyBytesObject bytes;
      if (i + 2 < kWords && words[i] == buffer.data && words[i + 1] != 0 &&
          words[i + 2] == static_cast<std::uintptr_t>(buffer.size) &&
          read_memory(words[i + 1], &bytes) &&
          Py_TYPE(reinterpret_cast<PyObject*>(&bytes)) == &PyBytes_Type &&
          words[i + 1] + offsetof(PyBytesObject, ob_sval) == buffer.data)
        return words[i + 1];
      if (above == 0 && words[i] != 0 && words[i] != address && read_memory(words[i], &whole) &&
          is_part_of(buffer, whole))
        above = words[i];
    }
    if (above == 0) return depth > 0 && is_pooled(buffer) ? address : 0;
    address = above;
    buffer = whole;
  }
  return 0;
}

/// Two ends of texts, as their offsets tell; false where these cannot be read.
bool read_ends(const Buffer& offsets, std::uint64_t first, std::uint64_t rows,
               unsigned offset_bytes, std::uint64_t (&ends)[2]) noexcept {
  for (int i = 0; i < 2; ++i) {
    const std::uintptr_t at = offsets.data + (first + (i != 0 ? rows : 0)) * offset_bytes;
    if (!read_memory(reinterpret_cast<const void*>(at), &ends[i], offset_bytes)) return false;
  }
  return ends[0] <= ends[1];
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

/// Notes what an array shows of its buffers: which are null, values or where texts begin, texts.
void ArrowBuffers::add_data(std::uintptr_t address, std::uint32_t node) noexcept {
  if (++arrays_count_ > kMostArrays) {
    complete_ = false;
    return;
  }
  ArrayData data;
  DataType type;
  if (!read_memory(address, &data) || !read_memory(data.type.target, &type)) return;
  const unsigned offset_bytes = offset_bytes_of(type);
  const std::uint64_t bits = bits_of(type.id);
  const std::uint64_t wanted = offset_bytes != 0 ? 3 : 2;
  const auto rows = static_cast<std::uint64_t>(data.rows_count);
  const auto first = static_cast<std::uint64_t>(data.first_row);
  if ((offset_bytes == 0 && bits == 0) || count_of(data.buffers, 3) != wanted || rows > kMostRows ||
      first > kMostRows)
    return;
  Buffer buffers[3] = {};
  std::uintptr_t places[3] = {};
  for (std::uint64_t i = 0; i < wanted; ++i) {
    Shared shared;
    if (!read_memory(data.buffers.begin + i * sizeof shared, &shared)) return;
    if (shared.target != 0 && !read_memory(shared.target, &buffers[i])) return;
    places[i] = shared.target;
  }
  const std::uint64_t end = first + rows;
  std::uint64_t shown[3][2] = {{first / 8, end / 8 + 1}, {first * bits / 8, end * bits / 8 + 1}};
  if (offset_bytes != 0) {
    shown[1][0] = first * offset_bytes;
    shown[1][1] = (end + 1) * offset_bytes;
    if (buffers[1].is_cpu != 1 || shown[1][1] > static_cast<std::uint64_t>(buffers[1].size) ||
        !read_ends(buffers[1], first, rows, offset_bytes, shown[2]))
      return;
  }
  for (std::uint64_t i = 0; i < wanted; ++i) {
    std::uintptr_t owner = array_of(places[i], buffers[i], array_type_);
    if (owner == 0) owner = owner_of(places[i], buffers[i]);
    if (owner != 0 || is_pooled(buffers[i]))
      show(Row{buffers[i].data, static_cast<std::uint64_t>(buffers[i].capacity), shown[i][0],
               shown[i][1], owner, node});
  }
}

void ArrowBuffers::show(const Row& shown) noexcept {
  if (rows_.size() == 0 && !rows_.make(kRoom)) {
    complete_ = false;
    return;
  }
  for (std::uint64_t i = hash_bytes(&shown.at, sizeof shown.at, 0);; ++i) {
    Row& row = rows_[i % kRoom];
    if (row.at == 0) {
      complete_ = complete_ && ++count_ <= kRoom / 2 && note_owner(shown.owner);
      if (complete_) row = shown;
      return;
    }
    if (row.at != shown.at) continue;
    row.bytes = row.bytes > shown.bytes ? row.bytes : shown.bytes;
    row.first_shown = row.first_shown < shown.first_shown ? row.first_shown : shown.first_shown;
    row.end_shown = row.end_shown > shown.end_shown ? row.end_shown : shown.end_shown;
    return;
  }
}

/// False when there is no memory.
bool ArrowBuffers::note_owner(std::uintptr_t owner) noexcept {
  const AddressKey key{owner};
  return owner == 0 || owners_.find(key) != nullptr || owners_.insert(key, Owner{1, 0, 0});
}

void ArrowBuffers::hold(std::uintptr_t object) noexcept {
  if (Owner* owner = owners_.find(AddressKey{object})) owner->holders = kHeld;
}

void ArrowBuffers::sum_up() noexcept {
  for (std::uint64_t i = 0; i < rows_.size(); ++i) {
    Owner* owner = rows_[i].owner != 0 ? owners_.find(AddressKey{rows_[i].owner}) : nullptr;
    if (owner == nullptr) continue;
    owner->bytes += rows_[i].bytes;
    owner->shown += rows_[i].end_shown - rows_[i].first_shown;
  }
}

bool ArrowBuffers::is_held(const Row& row) noexcept {
  const Owner* owner = owners_.find(AddressKey{row.owner});
  return owner != nullptr && (owner->holders == kHeld || owner->bytes < kLeastTimes * owner->shown);
}

void ArrowBuffers::add_array(std::uintptr_t address, std::uint32_t node) noexcept {
  Array array;
  if (complete_ && read_memory(address, &array)) add_data(array.data.target, node);
}

void ArrowBuffers::add_column(std::uintptr_t address, std::uint32_t node) noexcept {
  Items arrays;
  if (!complete_ || !read_memory(address, &arrays)) return;
  for_each(arrays, kMostChunks, [this, node](std::uintptr_t array) {
    add_array(array, node);
    return complete_;
  });
}

void ArrowBuffers::add(PyObject* object, ArrowKind kind, std::uint32_t node) noexcept {
  const std::uintptr_t shared = complete_ ? shared_of(object) : 0;
  if (shared == 0) return;
  if (kind == ArrowKind::kChunked) {
    add_column(shared, node);
  } else if (kind == ArrowKind::kTable) {
    Table table;
    if (read_memory(shared, &table))
      for_each(table.columns, kMostColumns, [this, node](std::uintptr_t column) {
        add_column(column, node);
        return complete_;
      });
  } else if (kind == ArrowKind::kBatch) {
    Table batch;
    if (read_memory(shared, &batch))
      for_each(batch.columns, kMostColumns, [this, node](std::uintptr_t data) {
        add_data(data, node);
        return complete_;
      });
  } else {
    add_array(shared, node);
  }
}

}  // namespace heapwise::cpython
