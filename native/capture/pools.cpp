// No Python, no malloc, no exceptions. Guarded by the sessions lock.
#include "capture/pools.hpp"

#include <errno.h>
#include <sys/mman.h>

#include "capture/hooks.hpp"

namespace heapwise {

namespace {

constexpr unsigned kPoolsAtOnce = 512;
constexpr std::size_t kPagesAtOnce = 1 << 15;
constexpr std::uint64_t kShareOfTime = 50;

struct Pool {
  std::uintptr_t start;
  std::uintptr_t end;
  std::uint64_t touched_bytes;
};

Pool g_pools[kPoolsAtOnce];
unsigned char g_pages[kPagesAtOnce];
std::uint64_t g_next_look_ns = 0;

/// False when a part of the range is no longer mapped.
bool count_touched(Pool& pool) noexcept {
  constexpr std::uintptr_t kStep = kPagesAtOnce * kPageBytes;
  pool.touched_bytes = 0;
  for (std::uintptr_t at = pool.start; at < pool.end; at += kStep) {
    const std::uintptr_t bytes = pool.end - at < kStep ? pool.end - at : kStep;
    if (::mincore(reinterpret_cast<void*>(at), bytes, g_pages) != 0) return false;
    for (std::size_t i = 0; i < bytes / kPageBytes; ++i)
      pool.touched_bytes += (g_pages[i] & 1U) * kPageBytes;
  }
  return true;
}

template <class Number>
void count_change(Recorder& recorder, MappedRange& range, std::uint64_t touched_bytes) noexcept {
  const auto change = static_cast<std::int64_t>(touched_bytes - range.touched_bytes);
  range.touched_bytes = touched_bytes;
  if (change > 0)
    recorder.count_new<Number>(range.site, static_cast<Number>(change), 0, range.kind);
  else if (change < 0)
    recorder.count_gone<Number>(range.site, static_cast<Number>(-change), 0, range.kind);
}

/// Looks at the next pools from an address on, and moves it behind them; false when there are none.
bool look_from(Recorder& recorder, Thread& self, std::uintptr_t& from) noexcept {
  // The kernel is asked outside the lock; what was unmapped meanwhile is left as it is.
  unsigned count = 0;
  if (!recorder.enter(self)) return false;
  recorder.ranges.for_each([&](const MappedRange& range) {
    if (range.kind == Kind::kPool && range.start >= from && count < kPoolsAtOnce)
      g_pools[count++] = Pool{range.start, range.end, 0};
  });
  recorder.leave(self);
  if (count == 0) return false;
  from = g_pools[count - 1].end;
  const int saved_errno = errno;
  unsigned known = 0;
  for (unsigned i = 0; i < count; ++i)
    if (count_touched(g_pools[i])) g_pools[known++] = g_pools[i];
  errno = saved_errno;
  if (!recorder.enter(self)) return false;
  unsigned at = 0;
  const Mode mode = recorder.mode.load(std::memory_order_relaxed);
  recorder.ranges.for_each([&](MappedRange& range) {
    while (at < known && g_pools[at].start < range.start) ++at;
    if (mode == Mode::kOff || at == known || range.kind != Kind::kPool ||
        g_pools[at].start != range.start || g_pools[at].end != range.end)
      return;
    if (mode == Mode::kSampled)
      count_change<double>(recorder, range, g_pools[at].touched_bytes);
    else
      count_change<std::int64_t>(recorder, range, g_pools[at].touched_bytes);
  });
  recorder.leave(self);
  return true;
}

}  // namespace

void look_at_pools(bool now) noexcept {
  Recorder& recorder = g_recorder;
  Thread* self = current_thread();
  const std::uint64_t begun_ns = monotonic_ns();
  if (self == nullptr || (!now && begun_ns < g_next_look_ns)) return;
  if (recorder.ranges.count() == 0) return;  // read without the lock: it is not worth taking
  for (std::uintptr_t from = 0; look_from(recorder, *self, from);) {
  }
  const std::uint64_t end_ns = monotonic_ns();
  g_next_look_ns = end_ns + (end_ns - begun_ns) * kShareOfTime;
}

}  // namespace heapwise
