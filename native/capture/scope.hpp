// Hot path: no Python, no malloc, no exceptions.
// Recording scopes. The scope that starts an idle recorder owns the recorder's figures; any further
// scope, nested or concurrent, measures *above the level at its entry*, with a peak of its own.
#pragma once

#include <cstdint>

#include "base/chunked_table.hpp"
#include "model/stacks.hpp"

namespace heapwise {

inline constexpr unsigned kMaxScopes = 16;

/// A site's figures when a side scope began.
struct Baseline {
  double in_use_bytes;
  double in_use_count;
  double total_bytes;
  double total_count;
  double residence_ms;
};

/// A site's figure at the peak of a side scope; see Recorder for the epochs.
struct SidePeak {
  double bytes;
  double count;
  std::uint64_t epoch;
};

struct Scope {
  bool active = false;
  bool main = false;  ///< owns the recorder's own figures
  bool write_failed = false;
  std::int32_t write_errno = 0;
  std::uint64_t start_ms = 0;
  std::uint64_t start_rss_bytes = 0;
  double base_in_use_bytes = 0;
  double base_in_use_count = 0;
  double base_total_bytes = 0;
  double base_total_count = 0;
  double peak_bytes = 0;
  std::uint64_t peak_ms = 0;
  std::uint64_t epoch = 1;
  char path[4096] = {};
  char* metadata = nullptr;  ///< JSON, mapped pages
  std::uint64_t metadata_bytes = 0;
  ChunkedTable<Baseline, 12, 1024> baselines;
  ChunkedTable<SidePeak, 12, 1024> peaks;
};

class ScopeSet {
 public:
  Scope& operator[](unsigned index) noexcept { return scopes_[index]; }
  [[nodiscard]] unsigned side_count() const noexcept { return side_count_; }
  void set_side_count(unsigned count) noexcept { side_count_ = count; }

  void settle(SiteId site, double bytes, double count) noexcept {
    for (Scope& scope : scopes_) {
      if (!scope.active || scope.main || !scope.peaks.ensure(site)) continue;
      SidePeak& peak = scope.peaks[site];
      if (peak.epoch != scope.epoch) peak = SidePeak{bytes, count, scope.epoch};
    }
  }

  void raise(double in_use_bytes, std::uint64_t now_ms) noexcept {
    for (Scope& scope : scopes_) {
      const double net = in_use_bytes - scope.base_in_use_bytes;
      if (!scope.active || scope.main || net <= scope.peak_bytes) continue;
      scope.peak_bytes = net;
      scope.peak_ms = now_ms;
      ++scope.epoch;
    }
  }

 private:
  Scope scopes_[kMaxScopes];
  unsigned side_count_ = 0;
};

}  // namespace heapwise
