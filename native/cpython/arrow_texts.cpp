#include "cpython/arrow_texts.hpp"

#include <cstring>

#include "base/hash.hpp"
#include "base/resident.hpp"
#include "cpython/arrow_layout.hpp"

namespace heapwise::cpython {

using namespace arrow;

namespace {

constexpr std::uint64_t kMostRows = 1ULL << 40;
constexpr std::uint64_t kMostChunks = 1ULL << 20;
constexpr std::uint64_t kMostColumns = 1ULL << 14;
constexpr std::uint64_t kMostArrays = 1ULL << 17;  ///< that are read, in all
constexpr std::uint64_t kMostValues = 1ULL << 16;
constexpr std::uint64_t kTableRoom = kMostValues * 2;
constexpr std::uint64_t kMostSeen = 1ULL << 16;
constexpr std::uint64_t kSeenRoom = kMostSeen * 2;

}  // namespace

/// Of three buffers, as texts have: which are null, where each begins, the characters. Only the
/// rows that no chunk before had.
bool ArrowTexts::read_chunk(std::uintptr_t address, Chunk* chunk) noexcept {
  Array array;
  ArrayData data;
  DataType type;
  Shared shared[3];
  Buffer offsets;
  Buffer characters;
  ++arrays_count_;
  if (!read_memory(address, &array) || !read_memory(array.data.target, &data) ||
      !read_memory(data.type.target, &type))
    return false;
  const unsigned bytes = offset_bytes_of(type);
  if (bytes == 0 || count_of(data.buffers, 3) != 3 || !read_memory(data.buffers.begin, &shared) ||
      !read_memory(shared[1].target, &offsets) || !read_memory(shared[2].target, &characters))
    return false;
  const auto rows = static_cast<std::uint64_t>(data.rows_count);
  const auto first = static_cast<std::uint64_t>(data.first_row);
  if (rows == 0 || rows > kMostRows || first > kMostRows || offsets.is_cpu != 1 ||
      characters.is_cpu != 1 || offsets.size < 0 || characters.size < 0 ||
      (first + rows + 1) * bytes > static_cast<std::uint64_t>(offsets.size))
    return false;
  chunk->offsets = reinterpret_cast<const char*>(offsets.data);
  chunk->characters = reinterpret_cast<const char*>(characters.data);
  chunk->rows_count = rows;
  chunk->first_row = first;
  chunk->offset_bytes = bytes;
  if (!cut_to_new(chunk)) return false;
  const char* row_offsets = chunk->offsets + chunk->first_row * bytes;
  if (!is_all_resident(row_offsets, (chunk->rows_count + 1) * bytes)) return false;
  const std::uint64_t begin = offset_at(row_offsets, 0, bytes);
  const std::uint64_t end = offset_at(row_offsets, chunk->rows_count, bytes);
  if (begin > end || end > static_cast<std::uint64_t>(characters.size)) return false;
  return end == begin || is_all_resident(chunk->characters + begin, end - begin);
}

/// Leaves of a chunk the rows that no chunk before had; false where there are none, or that is not
/// known.
bool ArrowTexts::cut_to_new(Chunk* chunk) noexcept {
  const auto key = reinterpret_cast<std::uintptr_t>(chunk->offsets);
  std::uint64_t first = chunk->first_row;
  std::uint64_t end = first + chunk->rows_count;
  for (std::uint64_t i = hash_bytes(&key, sizeof key, 0);; ++i) {
    Seen& seen = seen_[i % kSeenRoom];
    if (seen.offsets != 0 && seen.offsets != key) continue;
    if (seen.offsets == 0) {
      if (seen_count_ == kMostSeen) return false;
      ++seen_count_;
      seen = Seen{key, first, end};
      return true;
    }
    const std::uint64_t before = first < seen.first_row ? seen.first_row - first : 0;
    const std::uint64_t after = end > seen.end_row ? end - seen.end_row : 0;
    if (before == 0 && after == 0) return false;
    if (before >= after)
      end = end < seen.first_row ? end : seen.first_row;
    else
      first = first > seen.end_row ? first : seen.end_row;
    seen.first_row = seen.first_row < first ? seen.first_row : first;
    seen.end_row = seen.end_row > end ? seen.end_row : end;
    chunk->first_row = first;
    chunk->rows_count = end - first;
    return true;
  }
}

bool ArrowTexts::make_tables() noexcept {
  return (seen_.size() != 0 || seen_.make(kSeenRoom)) &&
         (table_.size() != 0 || table_.make(kTableRoom));
}

void ArrowTexts::clear_values() noexcept {
  for (std::uint64_t i = 0; i < places_.size(); ++i) table_[places_[i]] = 0;
  places_.clear();
}

/// Notes a value; false when there are too many.
bool ArrowTexts::note(std::uint64_t hash, std::uint64_t size, ColumnTexts* texts) noexcept {
  hash |= 1;
  for (std::uint64_t i = hash >> 1;; ++i) {
    std::uint64_t& place = table_[i % kTableRoom];
    if (place == hash) return true;
    if (place != 0) continue;
    if (texts->values_count == kMostValues ||
        !places_.push(static_cast<std::uint32_t>(i % kTableRoom)))
      return false;
    place = hash;
    ++texts->values_count;
    texts->values_bytes += size;
    return true;
  }
}

bool ArrowTexts::add(const Chunk& chunk, ColumnTexts* texts) noexcept {
  std::uint64_t begin = offset_at(chunk.offsets, chunk.first_row, chunk.offset_bytes);
  const std::uint64_t last =
      offset_at(chunk.offsets, chunk.first_row + chunk.rows_count, chunk.offset_bytes);
  for (std::uint64_t row = chunk.first_row + 1; row <= chunk.first_row + chunk.rows_count; ++row) {
    const std::uint64_t end = offset_at(chunk.offsets, row, chunk.offset_bytes);
    if (end < begin || end > last) return false;
    if (!note(hash_bytes(chunk.characters + begin, end - begin, 0), end - begin, texts))
      return false;
    begin = end;
  }
  return true;
}

ColumnTexts ArrowTexts::of(PyObject* object, ArrowKind kind, std::uint64_t most_bytes) noexcept {
  const std::uintptr_t shared = shared_of(object);
  if (shared == 0 || !make_tables()) return {};
  return kind == ArrowKind::kTable ? of_table(shared, most_bytes)
                                   : of_column(shared, kind, most_bytes);
}

/// Of the columns whose values come twice at least, all together: each could be a category.
ColumnTexts ArrowTexts::of_table(std::uintptr_t address, std::uint64_t most_bytes) noexcept {
  Table table;
  ColumnTexts all;
  if (!read_memory(address, &table)) return all;
  const std::uint64_t count = count_of(table.columns, kMostColumns);
  for (std::uint64_t i = 0; i < count && all.column_bytes <= most_bytes; ++i) {
    Shared column;
    if (arrays_count_ > kMostArrays) return all;
    if (!read_memory(table.columns.begin + i * sizeof column, &column)) return all;
    const ColumnTexts texts =
        of_column(column.target, ArrowKind::kChunked, most_bytes - all.column_bytes);
    if (texts.values_count == 0 || texts.values_count > texts.rows_count / 2) continue;
    all.rows_count += texts.rows_count;
    all.column_bytes += texts.column_bytes;
    all.values_count += texts.values_count;
    all.values_bytes += texts.values_bytes;
  }
  return all;
}

ColumnTexts ArrowTexts::of_column(std::uintptr_t address, ArrowKind kind,
                                  std::uint64_t most_bytes) noexcept {
  Items arrays{};
  std::uint64_t count = 1;
  if (kind == ArrowKind::kChunked) {
    if (!read_memory(address, &arrays)) return {};
    count = count_of(arrays, kMostChunks);
  }
  clear_values();
  ColumnTexts texts;
  bool counted = true;
  for (std::uint64_t i = 0; i < count; ++i) {
    Shared array{address, nullptr};
    if (arrays_count_ > kMostArrays) return {};
    if (kind == ArrowKind::kChunked && !read_memory(arrays.begin + i * sizeof array, &array))
      return {};
    Chunk chunk;
    if (!read_chunk(array.target, &chunk)) continue;
    const std::uint64_t begin = offset_at(chunk.offsets, chunk.first_row, chunk.offset_bytes);
    const std::uint64_t end =
        offset_at(chunk.offsets, chunk.first_row + chunk.rows_count, chunk.offset_bytes);
    texts.rows_count += chunk.rows_count;
    texts.column_bytes += end - begin + chunk.rows_count * chunk.offset_bytes;
    counted = counted && texts.column_bytes <= most_bytes && add(chunk, &texts);
  }
  if (!counted) texts.values_count = 0;
  return texts;
}

}  // namespace heapwise::cpython
