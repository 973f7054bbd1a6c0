// Hot path: no Python, no malloc, no exceptions.
// The recorder: which blocks live, who allocated them, and what was held at the peak.
//
// Peak attribution is exact and costs O(1) an event: `epoch` moves at each new peak, and a site
// saves its in-use figure (`at_peak`) when it first changes after it. So at any moment the figure
// of a site at the peak is `site.epoch == epoch ? site.at_peak : site.in_use`.
//
// What a library reserves (a large block of malloc) and never touches, in all its life, was not in
// memory at the peak either. So the pages of such a block are looked at when it goes, and if it was
// there at the peak, that is lower by what was never touched, as are the ticks meanwhile.
//
// Everything below "guarded by lock" is touched only between enter() and leave().
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "base/biased_lock.hpp"
#include "base/chunked_table.hpp"
#include "capture/collector.hpp"
#include "capture/ledger.hpp"
#include "capture/ranges.hpp"
#include "capture/scope.hpp"
#include "capture/thread.hpp"
#include "capture/timeline.hpp"
#include "model/stacks.hpp"

namespace heapwise {

/// The heap as a whole. Other sums are made from the sites when somebody asks.
/// Number is int64_t (exact) or double (sampled).
template <class Number>
struct Totals {
  Number in_use_bytes{};
  Number peak_bytes{};
};

/// Sums over the sites of the heap.
struct Sums {
  double in_use_count = 0;
  double total_bytes = 0;
  double total_count = 0;
};

/// Blocks of malloc that are looked at when they go, for what they never touched.
inline constexpr std::uint64_t kLeastReserveBytes = 1 << 20;

/// What a block that has gone never touched, and when it lived.
struct Untouched {
  SiteId site;
  std::uint64_t bytes;
  std::uint64_t from_ms;
  std::uint64_t to_ms;
};

/// The chance that a block of this size meets the next sampling point.
inline double sampling_probability(double size_bytes, double mean_bytes) noexcept {
  return size_bytes <= 0 ? 1.0 : -std::expm1(-size_bytes / mean_bytes);
}

class Recorder {
 public:
  /// The ticker rests since a fork; see resume_ticker_if_due.
  bool ticker_paused = false;
  /// Whether native frames are part of stacks. Set before `mode`.
  bool native_stacks = false;
  /// What hooks look at first. kOff: everything passes through.
  std::atomic<Mode> mode{Mode::kOff};
  BiasedLock lock;
  std::atomic<std::uint64_t> now_ms{0};

  // Guarded by lock.
  StackTables stacks;
  Ledger ledger;
  RangeMap ranges;
  IndexMap<AddressKey, std::uint32_t> code_ids;  // id + 1
  std::uint32_t code_deaths_count = 0;
  Totals<std::int64_t> exact;
  Totals<double> sampled;
  std::uint64_t epoch = 1;
  std::uint64_t peak_ms = 0;
  double mean_bytes = 256 * 1024;
  std::uint64_t inherited_bytes = 0;  ///< in use at the fork that made this process
  std::uint64_t missed_events_count = 0;
  std::uint64_t events_count = 0;
  std::uint64_t timed_events_count = 0;
  std::uint64_t timed_events_ns = 0;
  std::uint64_t clock_ns = 0;  ///< what reading the clock itself takes
  bool out_of_memory = false;
  /// A new peak of at least this is told to `on_watched_peak`, once.
  std::atomic<std::int64_t> watched_peak_bytes{kUnwatched};
  void (*on_watched_peak)() noexcept = nullptr;
  /// What the heap at the last snapshot turned out not to have touched, since it was asked.
  std::atomic<std::int64_t> untouched_since_snapshot_bytes{0};
  static constexpr std::int64_t kUnwatched = std::numeric_limits<std::int64_t>::max();
  ScopeSet scopes;
  CollectorLog collector;

  Timeline timeline;             // guarded by the sessions lock
  double ticked_peak_bytes = 0;  ///< the peak at the last tick; guarded by that, too

  /// Enters the critical section; false when this thread is already in it (a signal handler that
  /// allocates while a hook of the same thread runs).
  bool enter(Thread& thread) noexcept {
    if (thread.lock.inside.load(std::memory_order_relaxed) != 0) [[unlikely]] {
      ++missed_events_count;
      return false;
    }
    lock.enter(thread.lock);
    return true;
  }
  void leave(Thread& thread) noexcept { lock.leave(thread.lock); }

  /// Adds up the sites. Caller holds the lock.
  Sums sums() noexcept;

  /// Clears all figures and live blocks; stacks stay. Caller holds the lock.
  void reset_figures() noexcept;

  /// The stack that made the coroutine in a block: an asyncio task hangs there, as a thread does
  /// below its creator, and not below the loop. `own` is the coroutine's code, whose own frame
  /// makes the object: who called that is the creator. The root when it is not known (in sampled
  /// mode, for tasks from before the recording). In the section.
  NodeId creator_of(std::uintptr_t block_address, CodeId own) noexcept {
    Block block;
    if (!ledger.find(block_address, &block) || block.site == 0) return kRootNode;
    const SiteKeyRow at = stacks.sites[block.site];
    return at.code == own ? at.parent : stacks.node(at.parent, at.code, at.position);
  }

  /// Adds what is held now to the time axis. Caller holds the sessions lock.
  void add_tick(std::uint64_t at_ms, const Resident& resident, std::uint64_t cgroup_bytes,
                NodeId main_node) noexcept {
    lower_ticks();
    const double heap = std::max(in_use_bytes(), 0.0);
    const double peak = peak_bytes();
    const double highest = peak > ticked_peak_bytes ? std::max(heap, peak) : heap;
    ticked_peak_bytes = peak;
    timeline.add_tick(Tick{at_ms, resident, static_cast<std::uint64_t>(heap),
                           static_cast<std::uint64_t>(highest), cgroup_bytes, main_node});
  }

  // ------------------------------------------------------------------ exact mode, in the section

  void add_exact(std::uintptr_t address, std::uint64_t size, Kind kind, SiteId site) noexcept {
    if (ledger.insert_quickly(address, size, site, kind)) [[likely]]
      count_new<std::int64_t>(site, static_cast<std::int64_t>(size), 1, kind);
    else
      add_exact_slowly(address, size, kind, site);
  }

  [[gnu::noinline]] void add_exact_slowly(std::uintptr_t address, std::uint64_t size, Kind kind,
                                          SiteId site) noexcept {
    Block replaced, block{size, site, kind, false};
    if (kind == Kind::kMalloc && size >= kLeastReserveBytes) [[unlikely]] {
      block.born_ms = static_cast<std::uint32_t>(now());
      block.born_epoch = epoch;
    }
    if (!ledger.insert(address, block, &replaced)) [[unlikely]] {
      out_of_memory = true;
      return;
    }
    if (replaced.site != 0) [[unlikely]]
      forget_exact(replaced);
    count_new<std::int64_t>(site, static_cast<std::int64_t>(size), 1, kind);
  }

  /// Counts bytes on a site without a ledger entry (mappings live in `ranges`).
  template <class Number>
  void count_new(SiteId site, Number bytes, Number count, Kind kind) noexcept {
    auto& figures = stacks.site_figures<Number>(site);
    Totals<Number>& totals = totals_of<Number>();
    settle(site, figures);
    figures.in_use_bytes += bytes;
    figures.in_use_count += count;
    figures.total_bytes += bytes;
    figures.total_count += count;
    figures.residence_ms -= count * static_cast<Number>(now());
    if (!is_heap(kind)) return;
    totals.in_use_bytes += bytes;
    if (totals.in_use_bytes > totals.peak_bytes) {
      totals.peak_bytes = totals.in_use_bytes;
      peak_ms = now();
      ++epoch;
      if (totals.in_use_bytes >=
          static_cast<Number>(watched_peak_bytes.load(std::memory_order_relaxed))) [[unlikely]]
        tell_watched_peak();
    }
    if (scopes.side_count() != 0) [[unlikely]]
      raise_scopes(static_cast<double>(totals.in_use_bytes));
  }

  /// Counts what has no life of its own.
  template <class Number>
  void count_passing(SiteId site, Number bytes) noexcept {
    auto& figures = stacks.site_figures<Number>(site);
    figures.total_bytes += bytes;
    figures.total_count += 1;
  }

  template <class Number>
  void count_gone(SiteId site, Number bytes, Number count, Kind kind) noexcept {
    auto& figures = stacks.site_figures<Number>(site);
    Totals<Number>& totals = totals_of<Number>();
    settle(site, figures);
    figures.in_use_bytes -= bytes;
    figures.in_use_count -= count;
    figures.residence_ms += count * static_cast<Number>(now());
    if (!is_heap(kind)) return;
    totals.in_use_bytes -= bytes;
  }

  /// Removes a block; false when it was not recorded.
  bool remove_exact(std::uintptr_t address, Block* block) noexcept {
    if (!ledger.erase(address, block)) return false;
    if (block->holds_code) [[unlikely]]
      forget_code(address);
    if (block->born_epoch != 0 && block->born_epoch < epoch) [[unlikely]]
      lower_peak<std::int64_t>(address, *block, 1.0);
    if (block->site != 0) forget_exact(*block);
    return true;
  }

  /// The same, where nobody asks for the block.
  void remove_exact(std::uintptr_t address) noexcept {
    Block block;
    if (ledger.erase_quickly(address, &block)) [[likely]]
      forget_exact(block);
    else
      remove_exact_slowly(address);
  }
  [[gnu::noinline]] void remove_exact_slowly(std::uintptr_t address) noexcept {
    Block block;
    remove_exact(address, &block);
  }

  /// Takes a block off the books as if it had never been recorded.
  void remove_as_never_been(std::uintptr_t address) noexcept {
    Block block;
    if (!ledger.erase_quickly(address, &block)) return;
    forget_exact(block);
    auto& figures = stacks.site_figures<std::int64_t>(block.site);
    figures.total_bytes -= static_cast<std::int64_t>(block.size_bytes);
    figures.total_count -= 1;
  }

  /// Puts a block back that was removed before a call that then failed.
  void restore_exact(std::uintptr_t address, const Block& block) noexcept {
    Block replaced, back = block;
    const auto size = static_cast<std::int64_t>(block.size_bytes);
    // Where the peak was lowered for it, it is the peak again, and looked at again.
    const bool is_peak = is_heap(block.kind) && exact.in_use_bytes + size > exact.peak_bytes;
    back.born_epoch = is_peak && block.born_epoch != 0 ? epoch : 0;
    if (!ledger.insert(address, back, &replaced) || block.site == 0) return;
    count_gone<std::int64_t>(block.site, -size, -1, block.kind);
    if (!is_peak) return;
    exact.peak_bytes = exact.in_use_bytes;
    peak_ms = now();
    ++epoch;
  }

  // ---------------------------------------------------------------- sampled mode, in the section

  /// Of more live samples than this, half are dropped and the interval doubles: see thin_samples.
  std::uint64_t most_samples = 1 << 19;
  std::uint64_t live_samples_count = 0;

  void add_sample(std::uintptr_t address, std::uint64_t size, Kind kind, SiteId site) noexcept;
  bool remove_sample(std::uintptr_t address, Block* block) noexcept;
  void restore_sample(std::uintptr_t address, const Block& block) noexcept;

  /// False when no sampled block (and no code object) can have this address: one load.
  [[nodiscard]] bool maybe_sampled(std::uintptr_t address) const noexcept {
    return filter_[filter_index(address)] != 0;
  }
  /// Sampled mode's free hook looks only at addresses that are in the filter.
  void enter_filter(std::uintptr_t address) noexcept;

  /// Between 0 and 1, both excluded.
  double draw_uniform(Thread& thread) const noexcept;
  /// Bytes until the next sampling point: exponential with mean `mean_bytes`.
  std::int64_t draw_interval(Thread& thread) const noexcept;

  [[nodiscard]] std::uint64_t now() const noexcept {
    return now_ms.load(std::memory_order_relaxed);
  }
  [[nodiscard]] double in_use_bytes() const noexcept {
    return mode.load(std::memory_order_relaxed) == Mode::kSampled
               ? sampled.in_use_bytes
               : static_cast<double>(exact.in_use_bytes);
  }

  [[nodiscard]] double peak_bytes() const noexcept {
    return mode.load(std::memory_order_relaxed) == Mode::kSampled
               ? sampled.peak_bytes
               : static_cast<double>(exact.peak_bytes);
  }

  template <class Number>
  Totals<Number>& totals_of() noexcept {
    if constexpr (std::is_integral_v<Number>)
      return exact;
    else
      return sampled;
  }

  bool prepare() noexcept;

 private:
  /// Of a block that goes and was there at the peak: what it never touched. weight: of a sample.
  template <class Number>
  void lower_peak(std::uintptr_t address, const Block& block, double weight) noexcept;
  /// Takes from the ticks what `lower_peak` found. Caller holds the sessions lock.
  void lower_ticks() noexcept;

  /// Doubles the interval. Each live sample stays with the chance that it would have been taken at
  /// the new one, given that it was at the old; so estimates stay unbiased, and tables bounded.
  void thin_samples() noexcept;
  /// Moves what a live sample stands for from one interval to another (0: it is no sample).
  void reweigh(const Block& block, double old_mean_bytes, double new_mean_bytes) noexcept;

  static constexpr std::size_t kFilterBytes = 1 << 14;

  static std::size_t filter_index(std::uintptr_t address) noexcept {
    return address >> 4 & (kFilterBytes - 1);
  }
  void leave_filter(std::uintptr_t address) noexcept;

  void forget_code(std::uintptr_t address) noexcept {
    code_ids.erase(AddressKey{address}, nullptr);
    ++code_deaths_count;
  }

  /// Before a site changes: if it has not since the last peak, its figure now is its figure then.
  template <class Number>
  void settle(SiteId site, SiteFigures<Number>& figures) noexcept {
    if (figures.epoch != epoch) {
      figures.at_peak_bytes = figures.in_use_bytes;
      figures.at_peak_count = figures.in_use_count;
      figures.epoch = epoch;
      if constexpr (std::is_floating_point_v<Number>) {
        SiteVariance& variance = stacks.variances[site];
        variance.at_peak_bytes2 = variance.in_use_bytes2;
      }
    }
    if (scopes.side_count() != 0) [[unlikely]]
      settle_scopes(site, static_cast<double>(figures.in_use_bytes),
                    static_cast<double>(figures.in_use_count));
  }

  [[gnu::noinline]] void settle_scopes(SiteId site, double bytes, double count) noexcept {
    scopes.settle(site, bytes, count);
  }
  [[gnu::noinline]] void tell_watched_peak() noexcept {
    watched_peak_bytes.store(kUnwatched);
    if (on_watched_peak != nullptr) on_watched_peak();
  }
  [[gnu::noinline]] void raise_scopes(double in_use_bytes) noexcept {
    scopes.raise(in_use_bytes, now());
  }

  void forget_exact(const Block& block) noexcept {
    count_gone<std::int64_t>(block.site, static_cast<std::int64_t>(block.size_bytes), 1,
                             block.kind);
  }

  static constexpr unsigned kMostUntouched = 64;
  Untouched untouched_[kMostUntouched] = {};  ///< for the ticks; of more, these stay as they are
  unsigned untouched_count_ = 0;
  std::int64_t look_credit_ns_ = 0;
  std::uint64_t look_credit_at_ns_ = 0;

  std::uint8_t filter_[kFilterBytes] = {};
};

/// One recorder a process: hooks are process-wide, too.
extern Recorder g_recorder;

}  // namespace heapwise
