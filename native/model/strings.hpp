// Hot path: no Python, no malloc, no exceptions.
// Interned byte strings: each distinct string stands once, named by its row. Row 0 is "".
#pragma once

#include <cstdint>
#include <cstring>

#include "base/chunked_table.hpp"
#include "base/hash.hpp"
#include "base/index_map.hpp"

namespace heapwise {

using StringId = std::uint32_t;

class StringTable {
 public:
  static constexpr std::size_t kBlockBytes = 1 << 18;
  static constexpr std::uint32_t kLongestBytes = 1 << 17;

  struct Row {
    const char* data;
    std::uint32_t size_bytes;
    std::uint32_t next;  ///< the next string with the same hash, 0 at the end
  };

  /// The id of a string; 0 when there is no memory. Longer strings are cut at kLongestBytes.
  StringId intern(const char* data, std::size_t size) noexcept {
    if (rows_.size() == 0 && !rows_.append(Row{"", 0, 0})) return 0;
    if (size == 0) return 0;
    if (size > kLongestBytes) size = kLongestBytes;
    const RowKey key{static_cast<std::uint32_t>(hash_bytes(data, size, 1))};
    std::uint32_t* head = by_hash_.find(key);
    for (StringId id = head == nullptr ? 0 : *head; id != 0; id = rows_[id].next)
      if (rows_[id].size_bytes == size && std::memcmp(rows_[id].data, data, size) == 0) return id;
    char* copy = store(data, size);
    if (copy == nullptr) return 0;
    const StringId id = rows_.size();
    if (!rows_.append(Row{copy, static_cast<std::uint32_t>(size), head == nullptr ? 0 : *head}))
      return 0;
    if (head != nullptr)
      *head = id;
    else if (!by_hash_.insert(key, id))
      return 0;
    return id;
  }

  /// Forgets every string and gives the memory back.
  void release() noexcept {
    while (block_ != nullptr) {
      char* before = nullptr;
      std::memcpy(&before, block_, sizeof before);
      unmap_pages(block_, kBlockBytes);
      block_ = before;
    }
    rows_.release();
    by_hash_.release();
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return rows_.size(); }
  const Row& operator[](StringId id) const noexcept { return rows_[id]; }

 private:
  char* store(const char* data, std::size_t size) noexcept {
    if (used_ + size > kBlockBytes || block_ == nullptr) {
      auto* block = static_cast<char*>(map_pages(kBlockBytes));
      if (block == nullptr) return nullptr;
      std::memcpy(block, &block_, sizeof block_);  // each block begins with where the last one is
      block_ = block;
      used_ = sizeof block_;
    }
    char* copy = block_ + used_;
    std::memcpy(copy, data, size);
    used_ += size;
    return copy;
  }

  ChunkedTable<Row, 12, 256> rows_;
  IndexMap<RowKey, std::uint32_t> by_hash_;
  char* block_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace heapwise
