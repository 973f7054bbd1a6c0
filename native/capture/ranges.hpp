// Hot path: no Python, no malloc, no exceptions.
// Live mappings: a sorted map of disjoint address ranges, each owned by a site.
//
// Ranges stand in chunks of at most kChunkRanges, chunks in order of address, so that a mapping
// costs a binary search and a move within one chunk. Unmapping may cut ranges at both ends and
// remove many. The caller holds the recorder's lock.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/pages.hpp"
#include "model/kinds.hpp"
#include "model/stacks.hpp"

namespace heapwise {

struct MappedRange {
  std::uintptr_t start;
  std::uintptr_t end;
  SiteId site;
  Kind kind;
};

class RangeMap {
 public:
  static constexpr std::uint32_t kChunkRanges = 126;
  static constexpr std::uint32_t kMaxChunks = 1 << 16;

  /// Adds a range that overlaps none (remove what it covers first). False when there is no memory.
  bool insert(const MappedRange& range) noexcept {
    if (chunks_ == nullptr) {
      chunks_ = static_cast<Chunk**>(map_pages(sizeof(Chunk*) * kMaxChunks));
      if (chunks_ == nullptr) return false;
    }
    if (chunks_count_ == 0 && !add_chunk(0)) return false;
    std::uint32_t c = chunk_before(range.start);
    Chunk* chunk = chunks_[c];
    std::uint32_t at = lower_bound(*chunk, range.start);
    if (chunk->count == kChunkRanges) {
      if (!add_chunk(c + 1)) return false;
      Chunk* upper = chunks_[c + 1];
      constexpr std::uint32_t kHalf = kChunkRanges / 2;
      std::memcpy(upper->ranges, chunk->ranges + kHalf,
                  (kChunkRanges - kHalf) * sizeof(MappedRange));
      upper->count = kChunkRanges - kHalf;
      chunk->count = kHalf;
      if (at > kHalf) {
        at -= kHalf;
        chunk = upper;
      }
    }
    std::memmove(chunk->ranges + at + 1, chunk->ranges + at,
                 (chunk->count - at) * sizeof(MappedRange));
    chunk->ranges[at] = range;
    ++chunk->count;
    ++count_;
    return true;
  }

  /// Removes [start, end) from all ranges; `gone` is called with each removed piece.
  template <class Gone>
  bool remove(std::uintptr_t start, std::uintptr_t end, Gone&& gone) noexcept {
    for (;;) {
      MappedRange* hit = first_overlap(start, end);
      if (hit == nullptr) return true;
      const MappedRange old = *hit;
      const MappedRange cut{old.start > start ? old.start : start, old.end < end ? old.end : end,
                            old.site, old.kind};
      gone(cut);
      const bool keeps_head = old.start < cut.start;
      const bool keeps_tail = cut.end < old.end;
      if (keeps_head) {
        hit->end = cut.start;
        if (keeps_tail && !insert(MappedRange{cut.end, old.end, old.site, old.kind})) return false;
      } else if (keeps_tail) {
        hit->start = cut.end;
      } else {
        erase(hit);
      }
    }
  }

  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

  void clear() noexcept {
    for (std::uint32_t c = 0; c < chunks_count_; ++c) unmap_pages(chunks_[c], sizeof(Chunk));
    unmap_pages(chunks_, chunks_ == nullptr ? 0 : sizeof(Chunk*) * kMaxChunks);
    chunks_ = nullptr;
    chunks_count_ = count_ = 0;
  }

 private:
  struct Chunk {
    std::uint32_t count;
    MappedRange ranges[kChunkRanges];
  };

  bool add_chunk(std::uint32_t at) noexcept {
    if (chunks_count_ == kMaxChunks) return false;
    auto* chunk = static_cast<Chunk*>(map_pages(sizeof(Chunk)));
    if (chunk == nullptr) return false;
    std::memmove(chunks_ + at + 1, chunks_ + at, (chunks_count_ - at) * sizeof(Chunk*));
    chunks_[at] = chunk;
    ++chunks_count_;
    return true;
  }

  /// The last chunk whose first range starts at or below an address (the first chunk otherwise).
  std::uint32_t chunk_before(std::uintptr_t address) const noexcept {
    std::uint32_t low = 0;
    std::uint32_t high = chunks_count_;
    while (high - low > 1) {
      const std::uint32_t middle = (low + high) / 2;
      if (chunks_[middle]->ranges[0].start <= address)
        low = middle;
      else
        high = middle;
    }
    return low;
  }

  static std::uint32_t lower_bound(const Chunk& chunk, std::uintptr_t address) noexcept {
    std::uint32_t low = 0;
    std::uint32_t high = chunk.count;
    while (low < high) {
      const std::uint32_t middle = (low + high) / 2;
      if (chunk.ranges[middle].start < address)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  MappedRange* first_overlap(std::uintptr_t start, std::uintptr_t end) noexcept {
    if (chunks_count_ == 0) return nullptr;
    for (std::uint32_t c = chunk_before(start); c < chunks_count_; ++c) {
      Chunk& chunk = *chunks_[c];
      std::uint32_t at = lower_bound(chunk, start);
      if (at > 0 && chunk.ranges[at - 1].end > start) --at;
      if (at < chunk.count) return chunk.ranges[at].start < end ? &chunk.ranges[at] : nullptr;
    }
    return nullptr;
  }

  void erase(MappedRange* range) noexcept {
    std::uint32_t c = chunk_before(range->start);
    Chunk* chunk = chunks_[c];
    const auto at = static_cast<std::uint32_t>(range - chunk->ranges);
    std::memmove(chunk->ranges + at, chunk->ranges + at + 1,
                 (chunk->count - at - 1) * sizeof(MappedRange));
    --chunk->count;
    --count_;
    if (chunk->count == 0) {
      unmap_pages(chunk, sizeof(Chunk));
      std::memmove(chunks_ + c, chunks_ + c + 1, (chunks_count_ - c - 1) * sizeof(Chunk*));
      --chunks_count_;
    }
  }

  Chunk** chunks_ = nullptr;
  std::uint32_t chunks_count_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace heapwise
