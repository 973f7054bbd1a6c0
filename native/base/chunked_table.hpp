// Hot path: no Python, no malloc, no exceptions.
// An append-only table of fixed-size rows whose addresses never move.
//
// Invariant: rows 0 .. size()-1 are initialised. Writers hold the recorder's lock; a reader without
// it may read any row below a size() it has loaded with acquire order.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

template <class Row, unsigned kChunkBits, unsigned kMaxChunks>
class ChunkedTable {
 public:
  static constexpr std::uint32_t kRowsPerChunk = 1U << kChunkBits;
  static constexpr std::uint32_t kMaxRows = kRowsPerChunk * kMaxChunks;

  [[nodiscard]] std::uint32_t size() const noexcept {
    return size_.load(std::memory_order_acquire);
  }

  Row& operator[](std::uint32_t index) noexcept {
    return chunks_[index >> kChunkBits][index & (kRowsPerChunk - 1)];
  }
  const Row& operator[](std::uint32_t index) const noexcept {
    return chunks_[index >> kChunkBits][index & (kRowsPerChunk - 1)];
  }

  /// Appends a row; false when the table is full or the kernel gives no memory.
  bool append(const Row& row) noexcept {
    const std::uint32_t index = size_.load(std::memory_order_relaxed);
    if (!ensure(index)) return false;
    (*this)[index] = row;
    size_.store(index + 1, std::memory_order_release);
    return true;
  }

  /// Makes rows 0 .. index addressable (zeroed); for tables that run beside another one.
  bool ensure(std::uint32_t index) noexcept {
    if (index >= kMaxRows) return false;
    Row*& chunk = chunks_[index >> kChunkBits];
    if (chunk == nullptr) chunk = static_cast<Row*>(map_pages(sizeof(Row) * kRowsPerChunk));
    return chunk != nullptr;
  }

  [[nodiscard]] bool has(std::uint32_t index) const noexcept {
    return chunks_[index >> kChunkBits] != nullptr;
  }

  /// Forgets all rows; the chunks stay.
  void clear() noexcept { size_.store(0, std::memory_order_release); }

  /// Gives every chunk back.
  void release() noexcept {
    for (Row*& chunk : chunks_) {
      unmap_pages(chunk, chunk == nullptr ? 0 : sizeof(Row) * kRowsPerChunk);
      chunk = nullptr;
    }
    size_.store(0, std::memory_order_release);
  }

 private:
  Row* chunks_[kMaxChunks] = {};
  std::atomic<std::uint32_t> size_{0};
};

}  // namespace heapwise
