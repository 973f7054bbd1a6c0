// No Python, no malloc, no exceptions. Guarded by the sessions lock.
// What happened over time: resident set and heap at each tick, and what the heap was made of.
//
// Both tables have a fixed room. When one is full it is thinned: every second row goes (of two
// neighbouring ticks the higher one stays) and the interval doubles. So an hour costs what a minute
// costs.
#pragma once

#include <cstdint>

#include "base/pages.hpp"
#include "model/stacks.hpp"

namespace heapwise {

/// The resident set, and what of it is pages of files and of shared memory.
struct Resident {
  std::uint64_t rss_bytes;
  std::uint64_t file_bytes;
};

struct Tick {
  std::uint64_t time_ms;
  Resident resident;
  std::uint64_t heap_bytes;
  std::uint64_t highest_bytes;  ///< of the heap since the tick before, as far as it was a new peak
  std::uint64_t cgroup_bytes;
  NodeId main_node;  ///< where the main thread was; the root when that is not known
};

/// In-use bytes of one site at one moment.
struct SeriesRow {
  SiteId site;
  std::uint32_t padding;
  std::uint64_t in_use_bytes;
};

struct SeriesMoment {
  std::uint64_t time_ms;
  std::uint64_t first_row;
  std::uint64_t rows_count;
};

class Timeline {
 public:
  static constexpr std::uint32_t kMaxTicks = 2048;
  static constexpr std::uint32_t kMaxMoments = 256;
  /// A site shows at a moment if it holds at least 1/1024 of the heap, hence at most so many rows.
  static constexpr std::uint64_t kShare = 1024;
  static constexpr std::uint64_t kMaxRows = kShare * kMaxMoments;
  static constexpr std::uint32_t kTickMs = 10;

  bool prepare() noexcept {
    if (ticks_ == nullptr) ticks_ = static_cast<Tick*>(map_pages(sizeof(Tick) * kMaxTicks));
    if (moments_ == nullptr)
      moments_ = static_cast<SeriesMoment*>(map_pages(sizeof(SeriesMoment) * kMaxMoments));
    if (rows_ == nullptr) rows_ = static_cast<SeriesRow*>(map_pages(sizeof(SeriesRow) * kMaxRows));
    return ticks_ != nullptr && moments_ != nullptr && rows_ != nullptr;
  }

  void clear() noexcept {
    ticks_count_ = moments_count_ = 0;
    tick_interval_ms_ = kTickMs;
    moment_interval_ms_ = 2 * kTickMs;
    next_moment_ms_ = 0;
    peak_rss_bytes = 0;
    peak_rss_ms = 0;
  }

  void add_tick(const Tick& tick) noexcept {
    if (ticks_ == nullptr) return;
    if (tick.resident.rss_bytes > peak_rss_bytes) {
      peak_rss_bytes = tick.resident.rss_bytes;
      peak_rss_ms = tick.time_ms;
    }
    // Between two rows of a thinned table, the row keeps the highest values met.
    if (ticks_count_ > 0 && tick.time_ms < ticks_[ticks_count_ - 1].time_ms + tick_interval_ms_ &&
        tick_interval_ms_ > kTickMs) {
      raise(ticks_[ticks_count_ - 1], tick);
      return;
    }
    if (ticks_count_ == kMaxTicks) {
      for (std::uint32_t i = 0; i < kMaxTicks / 2; ++i) {
        ticks_[i] = ticks_[2 * i];
        raise(ticks_[i], ticks_[2 * i + 1]);
      }
      ticks_count_ = kMaxTicks / 2;
      tick_interval_ms_ *= 2;
    }
    ticks_[ticks_count_++] = tick;
  }

  /// Takes bytes of a site off what was there in a span of time.
  void lower(SiteId site, std::uint64_t bytes, std::uint64_t from_ms,
             std::uint64_t to_ms) noexcept {
    for (std::uint32_t i = ticks_count_; i > 0 && ticks_[i - 1].time_ms >= from_ms; --i) {
      Tick& tick = ticks_[i - 1];
      if (tick.time_ms > to_ms) continue;
      tick.heap_bytes -= bytes < tick.heap_bytes ? bytes : tick.heap_bytes;
      tick.highest_bytes -= bytes < tick.highest_bytes ? bytes : tick.highest_bytes;
    }
    for (std::uint32_t i = moments_count_; i > 0 && moments_[i - 1].time_ms >= from_ms; --i) {
      const SeriesMoment& moment = moments_[i - 1];
      for (std::uint64_t r = 0; moment.time_ms <= to_ms && r < moment.rows_count; ++r) {
        SeriesRow& row = rows_[moment.first_row + r];
        if (row.site == site)
          row.in_use_bytes -= bytes < row.in_use_bytes ? bytes : row.in_use_bytes;
      }
    }
  }

  [[nodiscard]] bool moment_due(std::uint64_t now_ms) const noexcept {
    return rows_ != nullptr && now_ms >= next_moment_ms_;
  }

  /// Starts a moment; rows follow by add_row, and end_moment closes it.
  void begin_moment(std::uint64_t now_ms) noexcept {
    if (moments_count_ == kMaxMoments) thin_moments();
    SeriesMoment& moment = moments_[moments_count_];
    moment.time_ms = now_ms;
    moment.first_row = moments_count_ == 0 ? 0
                                           : moments_[moments_count_ - 1].first_row +
                                                 moments_[moments_count_ - 1].rows_count;
    moment.rows_count = 0;
  }
  void add_row(SiteId site, std::uint64_t in_use_bytes) noexcept {
    SeriesMoment& moment = moments_[moments_count_];
    if (moment.rows_count == kShare) return;
    rows_[moment.first_row + moment.rows_count++] = SeriesRow{site, 0, in_use_bytes};
  }
  /// `cost_ns` is what the moment took: moments may take 1/500 of the time, no more.
  void end_moment(std::uint64_t now_ms, std::uint64_t cost_ns) noexcept {
    ++moments_count_;
    const std::uint64_t rest_ms = cost_ns / 2000;
    next_moment_ms_ = now_ms + (rest_ms > moment_interval_ms_ ? rest_ms : moment_interval_ms_);
  }

  [[nodiscard]] std::uint32_t ticks_count() const noexcept { return ticks_count_; }
  [[nodiscard]] const Tick& tick(std::uint32_t i) const noexcept { return ticks_[i]; }
  [[nodiscard]] std::uint32_t moments_count() const noexcept { return moments_count_; }
  [[nodiscard]] const SeriesMoment& moment(std::uint32_t i) const noexcept { return moments_[i]; }
  [[nodiscard]] const SeriesRow& row(std::uint64_t i) const noexcept { return rows_[i]; }

  std::uint64_t peak_rss_bytes = 0;
  std::uint64_t peak_rss_ms = 0;

 private:
  static void raise(Tick& kept, const Tick& other) noexcept {
    if (other.resident.rss_bytes > kept.resident.rss_bytes) kept.resident = other.resident;
    if (other.heap_bytes > kept.heap_bytes) kept.heap_bytes = other.heap_bytes;
    if (other.highest_bytes > kept.highest_bytes) kept.highest_bytes = other.highest_bytes;
    if (kept.main_node == kRootNode) kept.main_node = other.main_node;
    if (other.cgroup_bytes > kept.cgroup_bytes) kept.cgroup_bytes = other.cgroup_bytes;
  }

  void thin_moments() noexcept {
    std::uint64_t next_row = 0;
    for (std::uint32_t i = 0; i < kMaxMoments / 2; ++i) {
      SeriesMoment moment = moments_[2 * i];
      for (std::uint64_t r = 0; r < moment.rows_count; ++r)
        rows_[next_row + r] = rows_[moment.first_row + r];
      moment.first_row = next_row;
      next_row += moment.rows_count;
      moments_[i] = moment;
    }
    moments_count_ = kMaxMoments / 2;
    moment_interval_ms_ *= 2;
  }

  Tick* ticks_ = nullptr;
  SeriesMoment* moments_ = nullptr;
  SeriesRow* rows_ = nullptr;
  std::uint32_t ticks_count_ = 0;
  std::uint32_t moments_count_ = 0;
  std::uint64_t tick_interval_ms_ = kTickMs;
  std::uint64_t moment_interval_ms_ = 2 * kTickMs;
  std::uint64_t next_moment_ms_ = 0;
};

}  // namespace heapwise
