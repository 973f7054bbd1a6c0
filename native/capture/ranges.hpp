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
  std::uint64_t touched_bytes = 0;  ///< of a pool: what was resident when it was last looked at
  bool noreserve = false;           ///< mapped with MAP_NORESERVE: a pool, once it is accessible

  /// What the range counts for.
  [[nodiscard]] std::uint64_t bytes() const noexcept {
    return kind == Kind::kPool ? touched_bytes : end - start;
  }
};

class RangeMap {
 public:
  static constexpr std::uint32_t kChunkRanges = 101;
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

  /// Removes [start, end) from all ranges; `gone` is called with each removed piece, and with how
  /// many ranges went with it: 0 when a part of the range stays, -1 when two parts do.
  template <class Gone>
  bool remove(std::uintptr_t start, std::uintptr_t end, Gone&& gone) noexcept {
    for (;;) {
      MappedRange* hit = first_overlap(start, end);
      if (hit == nullptr) return true;
      const MappedRange old = *hit;
      MappedRange cut{old.start > start ? old.start : start,
                      old.end < end ? old.end : end,
                      old.site,
                      old.kind,
                      0,
                      old.noreserve};
      // Which pages of a pool were touched is not known here: what can be is taken to be, and the
      // next look at what stays corrects it.
      cut.touched_bytes = least(old.touched_bytes, cut.end - cut.start);
      const std::uint64_t left = old.touched_bytes - cut.touched_bytes;
      const std::uint64_t of_head = least(left, cut.start - old.start);
      const bool keeps_head = old.start < cut.start;
      const bool keeps_tail = cut.end < old.end;
      gone(cut, 1 - static_cast<int>(keeps_head) - static_cast<int>(keeps_tail));
      if (keeps_head) {
        hit->end = cut.start;
        hit->touched_bytes = of_head;
        if (keeps_tail && !insert(MappedRange{cut.end, old.end, old.site, old.kind, left - of_head,
                                              old.noreserve}))
          return false;
      } else if (keeps_tail) {
        hit->start = cut.end;
        hit->touched_bytes = left;
      } else {
        erase(hit);
      }
    }
  }

  /// The part in [start, end) of the first range that overlaps it; false when none does.
  bool find(std::uintptr_t start, std::uintptr_t end, MappedRange* part) noexcept {
    const MappedRange* hit = first_overlap(start, end);
    if (hit == nullptr) return false;
    *part = MappedRange{hit->start > start ? hit->start : start,
                        hit->end < end ? hit->end : end,
                        hit->site,
                        hit->kind,
                        hit->touched_bytes,
                        hit->noreserve};
    return true;
  }

  /// Calls `visit` with each range; it may change what the range counts for, not its addresses.
  template <class Visit>
  void for_each(Visit&& visit) noexcept {
    for (std::uint32_t c = 0; c < chunks_count_; ++c)
      for (std::uint32_t i = 0; i < chunks_[c]->count; ++i) visit(chunks_[c]->ranges[i]);
  }

  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

  void clear() noexcept {
    for (std::uint32_t c = 0; c < chunks_count_; ++c) unmap_pages(chunks_[c], sizeof(Chunk));
    unmap_pages(chunks_, chunks_ == nullptr ? 0 : sizeof(Chunk*) * kMaxChunks);
    chunks_ = nullptr;
    chunks_count_ = count_ = 0;
  }

 private:
  static std::uint64_t least(std::uint64_t a, std::uint64_t b) noexcept { return a < b ? a : b; }

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
