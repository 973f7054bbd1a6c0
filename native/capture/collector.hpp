// No Python, no malloc, no exceptions.
// What the cyclic collector did: how often each generation was collected, what was found, and how
// long the program stood still for it. Guarded by the recorder's lock.
#pragma once

#include <cstdint>

namespace heapwise {

/// Sums over the collections of one generation.
struct Collections {
  std::uint64_t runs_count = 0;
  std::uint64_t pauses_ns = 0;
  std::uint64_t longest_ns = 0;
  std::uint64_t collected_count = 0;
  std::uint64_t uncollectable_count = 0;
};

/// One collection that took long.
struct Pause {
  std::uint64_t time_ms;  ///< when it ended, on the recorder's clock
  std::uint64_t took_ns;
  std::uint64_t collected_count;
  std::uint32_t generation;
};

class CollectorLog {
 public:
  static constexpr unsigned kGenerations = 3;
  static constexpr std::uint32_t kMostPauses = 1024;

  void begin(std::uint64_t now_ns) noexcept { began_ns_ = now_ns; }

  /// Ends the collection that began last.
  void end(std::uint64_t now_ns, std::uint64_t now_ms, std::uint64_t generation,
           std::uint64_t collected, std::uint64_t uncollectable) noexcept {
    if (began_ns_ == 0) return;  // it began before the recording
    const std::uint64_t took_ns = now_ns - began_ns_;
    began_ns_ = 0;
    const auto number = static_cast<std::uint32_t>(generation < kGenerations ? generation : 2);
    Collections& row = rows_[number];
    ++row.runs_count;
    row.pauses_ns += took_ns;
    if (took_ns > row.longest_ns) row.longest_ns = took_ns;
    row.collected_count += collected;
    row.uncollectable_count += uncollectable;
    if (took_ns < least_ns_) return;
    if (pauses_count_ == kMostPauses) keep_longer();
    pauses_[pauses_count_++] = Pause{now_ms, took_ns, collected, number};
  }

  [[nodiscard]] const Collections& row(unsigned generation) const noexcept {
    return rows_[generation];
  }
  [[nodiscard]] std::uint32_t pauses_count() const noexcept { return pauses_count_; }
  [[nodiscard]] const Pause& pause(std::uint32_t i) const noexcept { return pauses_[i]; }

 private:
  static constexpr std::uint64_t kLeastNs = 500'000;

  /// Doubles the length from which a pause is kept, until half of the table is free.
  void keep_longer() noexcept {
    while (pauses_count_ > kMostPauses / 2) {
      least_ns_ *= 2;
      std::uint32_t kept = 0;
      for (std::uint32_t i = 0; i < pauses_count_; ++i)
        if (pauses_[i].took_ns >= least_ns_) pauses_[kept++] = pauses_[i];
      pauses_count_ = kept;
    }
  }

  Collections rows_[kGenerations];
  Pause pauses_[kMostPauses];
  std::uint32_t pauses_count_ = 0;
  std::uint64_t least_ns_ = kLeastNs;
  std::uint64_t began_ns_ = 0;
};

}  // namespace heapwise
