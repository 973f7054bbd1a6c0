// Hot path: no Python, no malloc, no exceptions.
// Recording scopes. The scope that starts an idle recorder owns the recorder's figures; any further
// scope, nested or concurrent, measures *above the level at its entry*, with a peak of its own.
#pragma once

#include <cstdint>

#include "base/chunked_table.hpp"
#include "capture/collector.hpp"
#include "capture/timeline.hpp"
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

/// CPU and wall time of one stack; see cpu_sampler.hpp.
struct CpuRow {
  NodeId node;
  std::uint32_t samples_count;
  std::uint64_t cpu_ns;
  std::uint64_t wall_ns;
  /// Of cpu_ns, where it could be told whether the thread moved on, and where it did not: native.
  std::uint64_t told_ns;
  std::uint64_t native_ns;

  [[nodiscard]] std::uint64_t estimated_native_ns() const noexcept {
    const double share =
        told_ns == 0 ? 0 : static_cast<double>(native_ns) / static_cast<double>(told_ns);
    return static_cast<std::uint64_t>(share * static_cast<double>(cpu_ns));
  }
  [[nodiscard]] CpuRow since(const CpuRow& before) const noexcept {
    return CpuRow{node,
                  samples_count - before.samples_count,
                  cpu_ns - before.cpu_ns,
                  wall_ns - before.wall_ns,
                  told_ns - before.told_ns,
                  native_ns - before.native_ns};
  }
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
  Resident start_resident{};
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
  Collections collections_base[CollectorLog::kGenerations];
  ChunkedTable<CpuRow, 10, 1024> cpu_base;  ///< CPU time that passed before a side scope began
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
