// Hot path: no Python, no malloc, no exceptions.
#include "capture/recorder.hpp"

#include <errno.h>
#include <sys/sysinfo.h>

#include <cstring>

#include "base/resident.hpp"
#include "capture/hooks.hpp"

namespace heapwise {

Recorder g_recorder;

bool Recorder::prepare() noexcept { return stacks.prepare() && timeline.prepare(); }

void Recorder::reset_figures() noexcept {
  ledger.clear();
  ranges.clear();
  code_ids.release();
  for (SiteId site = 0; site < stacks.sites.size(); ++site) {
    std::memset(stacks.figures[site].bytes, 0, sizeof(RawSiteFigures));
    if (stacks.variances.has(site)) stacks.variances[site] = SiteVariance{};
  }
  exact = {};
  sampled = {};
  epoch = 1;
  ticked_peak_bytes = 0;
  peak_ms = missed_events_count = 0;
  events_count = timed_events_count = timed_events_ns = 0;
  live_samples_count = 0;
  untouched_count_ = 0;
  look_credit_at_ns_ = 0;  // as after a quiet while
  untouched_since_snapshot_bytes.store(0);
  out_of_memory = false;
  collector = {};
  std::memset(filter_, 0, kFilterBytes);
  ++code_deaths_count;  // site caches know codes that are forgotten now
  timeline.clear();
}

namespace {

/// What is not in memory may have been, where pages go to swap.
bool is_swapping() noexcept {
  struct sysinfo found;
  return ::sysinfo(&found) != 0 || found.freeswap != found.totalswap;
}

/// Bytes of the whole pages of a block that are not in memory.
std::uint64_t absent_bytes(std::uintptr_t address, std::uint64_t size) noexcept {
  const std::uintptr_t begin = round_up(address, kPageBytes);
  const std::uintptr_t end = (address + size) & ~(kPageBytes - 1);
  const Pages pages = pages_of(reinterpret_cast<const void*>(begin), end - begin);
  return (pages.count - pages.resident_count) * kPageBytes;
}

}  // namespace

template <class Number>
void Recorder::lower_peak(std::uintptr_t address, const Block& block, double weight) noexcept {
  // Looking may take a fiftieth of the time; after a quiet while, several may follow each other.
  constexpr std::int64_t kShareOfTime = 50, kMostCreditNs = 20'000'000;
  const std::uint64_t begun_ns = monotonic_ns();
  const auto earned_ns = static_cast<std::int64_t>(begun_ns - look_credit_at_ns_) / kShareOfTime;
  look_credit_ns_ = std::min(look_credit_ns_ + earned_ns, kMostCreditNs);
  look_credit_at_ns_ = begun_ns;
  if (look_credit_ns_ < 0 || is_swapping()) return;
  const int saved_errno = errno;
  const std::uint64_t absent = absent_bytes(address, block.size_bytes);
  errno = saved_errno;
  look_credit_ns_ -= static_cast<std::int64_t>(monotonic_ns() - begun_ns);
  if (absent == 0) return;
  const auto bytes = static_cast<Number>(static_cast<double>(absent) * weight);
  auto& figures = stacks.site_figures<Number>(block.site);
  settle(block.site, figures);
  figures.at_peak_bytes -= bytes;
  totals_of<Number>().peak_bytes -= bytes;
  const auto told = static_cast<std::uint64_t>(bytes);
  if (ledger.birth_period(block) < ledger.periods_count())
    untouched_since_snapshot_bytes.fetch_add(static_cast<std::int64_t>(told));
  if (untouched_count_ < kMostUntouched)
    untouched_[untouched_count_++] = Untouched{block.site, told, block.born_ms, now()};
}
template void Recorder::lower_peak<std::int64_t>(std::uintptr_t, const Block&, double) noexcept;

void Recorder::lower_ticks() noexcept {
  Thread* self = current_thread();
  if (untouched_count_ == 0 || self == nullptr || !enter(*self)) return;
  Untouched found[kMostUntouched];
  const unsigned count = untouched_count_;
  std::copy_n(untouched_, count, found);
  untouched_count_ = 0;
  leave(*self);
  for (unsigned i = 0; i < count; ++i)
    timeline.lower(found[i].site, found[i].bytes, found[i].from_ms, found[i].to_ms);
}

Sums Recorder::sums() noexcept {
  const bool is_sampled = mode.load(std::memory_order_relaxed) == Mode::kSampled;
  Sums found;
  for (SiteId site = 1; site < stacks.sites.size(); ++site) {
    if (!is_heap(static_cast<Kind>(stacks.sites[site].kind))) continue;
    const auto add = [&](const auto& figures) {
      found.in_use_count += static_cast<double>(figures.in_use_count);
      found.total_bytes += static_cast<double>(figures.total_bytes);
      found.total_count += static_cast<double>(figures.total_count);
    };
    if (is_sampled)
      add(stacks.site_figures<double>(site));
    else
      add(stacks.site_figures<std::int64_t>(site));
  }
  return found;
}

void Recorder::enter_filter(std::uintptr_t address) noexcept {
  std::uint8_t& count = filter_[filter_index(address)];
  if (count != 255) ++count;  // 255 sticks: a filter may say "maybe" too often, never too rarely
}

void Recorder::leave_filter(std::uintptr_t address) noexcept {
  std::uint8_t& count = filter_[filter_index(address)];
  if (count != 255) --count;
}

void Recorder::add_sample(std::uintptr_t address, std::uint64_t size, Kind kind,
                          SiteId site) noexcept {
  Block replaced;
  if (!stacks.variances.ensure(site) ||
      !ledger.insert(address, Block{size, site, kind, false}, &replaced)) {
    out_of_memory = true;
    return;
  }
  enter_filter(address);
  ++live_samples_count;
  const double bytes = static_cast<double>(size);
  const double p = sampling_probability(bytes, mean_bytes);
  if (replaced.site != 0) {
    leave_filter(address);
    --live_samples_count;
    const double old = static_cast<double>(replaced.size_bytes);
    const double q = sampling_probability(old, mean_bytes);
    count_gone<double>(replaced.site, old / q, 1 / q, replaced.kind);
    stacks.variances[replaced.site].in_use_bytes2 -= old * old * (1 - q) / (q * q);
  }
  count_new<double>(site, bytes / p, 1 / p, kind);
  SiteVariance& variance = stacks.variances[site];
  const double spread = bytes * bytes * (1 - p) / (p * p);
  variance.total_bytes2 += spread;
  variance.in_use_bytes2 += spread;
  variance.samples_count += 1;
  if (live_samples_count > most_samples) [[unlikely]]
    thin_samples();
}

void Recorder::reweigh(const Block& block, double old_mean_bytes, double new_mean_bytes) noexcept {
  const double bytes = static_cast<double>(block.size_bytes);
  auto& figures = stacks.site_figures<double>(block.site);
  settle(block.site, figures);
  const auto change = [&](double mean, double sign) {
    if (mean == 0) return;
    const double p = sampling_probability(bytes, mean);
    figures.in_use_bytes += sign * bytes / p;
    figures.in_use_count += sign / p;
    // Lifetimes up to now are counted by the old weight, from now on by the new one.
    figures.residence_ms -= sign / p * static_cast<double>(now());
    sampled.in_use_bytes += sign * bytes / p;
    stacks.variances[block.site].in_use_bytes2 += sign * bytes * bytes * (1 - p) / (p * p);
  };
  change(old_mean_bytes, -1);
  change(new_mean_bytes, +1);
}

void Recorder::thin_samples() noexcept {
  const double old_mean_bytes = mean_bytes;
  mean_bytes *= 2;
  const auto stays = [&](std::uint64_t address, const Block& block) {
    const auto bytes = static_cast<double>(block.size_bytes);
    const double chance =
        sampling_probability(bytes, mean_bytes) / sampling_probability(bytes, old_mean_bytes);
    const std::uint64_t bits = mix64(address ^ mix64(static_cast<std::uint64_t>(mean_bytes))) >> 11;
    return static_cast<double>(bits) * 0x1.0p-53 < chance;
  };
  // A table may move entries when one is erased: those that a pass misses fall to the next.
  for (bool erased = true; erased;) {
    erased = false;
    ledger.for_each([&](std::uint64_t address, const Block& block) {
      if (block.site == 0 || stays(address, block)) return;
      const Block dropped = block;
      Block found;
      if (!ledger.erase(address, &found)) return;
      erased = true;
      leave_filter(address);
      --live_samples_count;
      reweigh(dropped, old_mean_bytes, 0);
      if (dropped.holds_code) {
        Block none;
        ledger.insert(address, Block{0, 0, dropped.kind, true}, &none);
      }
    });
  }
  ledger.for_each([&](std::uint64_t, const Block& block) {
    if (block.site != 0) reweigh(block, old_mean_bytes, mean_bytes);
  });
}

bool Recorder::remove_sample(std::uintptr_t address, Block* block) noexcept {
  if (!ledger.erase(address, block)) return false;
  leave_filter(address);
  if (block->holds_code) forget_code(address);
  if (block->site == 0) return true;
  --live_samples_count;
  const double bytes = static_cast<double>(block->size_bytes);
  const double p = sampling_probability(bytes, mean_bytes);
  count_gone<double>(block->site, bytes / p, 1 / p, block->kind);
  stacks.variances[block->site].in_use_bytes2 -= bytes * bytes * (1 - p) / (p * p);
  return true;
}

void Recorder::restore_sample(std::uintptr_t address, const Block& block) noexcept {
  Block replaced;
  if (!ledger.insert(address, block, &replaced)) return;
  enter_filter(address);
  if (block.site == 0) return;
  ++live_samples_count;
  const double bytes = static_cast<double>(block.size_bytes);
  const double p = sampling_probability(bytes, mean_bytes);
  count_gone<double>(block.site, -bytes / p, -1 / p, block.kind);
  stacks.variances[block.site].in_use_bytes2 += bytes * bytes * (1 - p) / (p * p);
}

std::int64_t Recorder::draw_interval(Thread& thread) const noexcept {
  return static_cast<std::int64_t>(-std::log(draw_uniform(thread)) * mean_bytes);
}

double Recorder::draw_uniform(Thread& thread) const noexcept {
  // xorshift64*, one state a thread: libc's rand takes a lock that a fork can leave held.
  std::uint64_t x = thread.random_state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  thread.random_state = x;
  const std::uint64_t bits = (x * 0x2545f4914f6cdd1dULL) >> 11;
  return (static_cast<double>(bits) + 0.5) * 0x1.0p-53;
}

}  // namespace heapwise
