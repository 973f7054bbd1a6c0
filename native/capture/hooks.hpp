// Hot path: no Python, no malloc, no exceptions.
// What the hooks of all allocators do with an event, once for each mode.
//
// A Stack argument is a callable `SiteId(Thread&, Kind)` that runs in the recorder's section; it is
// how the interpreter's folder lends its stack walker to hooks that know no Python.
#pragma once

#include <cstdint>
#include <utility>

#include "capture/recorder.hpp"

namespace heapwise {

std::uint64_t monotonic_ns() noexcept;

/// Counts an event and, for one in 1024, its time: the recorder's own cost as the report states it.
class EventTimer {
 public:
  explicit EventTimer(Recorder& recorder) noexcept : recorder_(recorder) {
    if ((++recorder.events_count & kEach) == 0) [[unlikely]]
      start_ns_ = monotonic_ns();
  }
  ~EventTimer() {
    if (start_ns_ == 0) [[likely]]
      return;
    const std::uint64_t took_ns = monotonic_ns() - start_ns_;
    if (took_ns > kPreempted) return;  // another thread or process ran meanwhile
    if (took_ns > recorder_.clock_ns) recorder_.timed_events_ns += took_ns - recorder_.clock_ns;
    ++recorder_.timed_events_count;
  }
  EventTimer(const EventTimer&) = delete;
  EventTimer& operator=(const EventTimer&) = delete;

  /// Whether the next event's time is to be taken. In the section.
  static bool due_next(const Recorder& recorder) noexcept {
    return ((recorder.events_count + 1) & kEach) == 0;
  }

 private:
  static constexpr std::uint64_t kEach = 1023;
  static constexpr std::uint64_t kPreempted = 200'000;

  Recorder& recorder_;
  std::uint64_t start_ns_ = 0;
};

struct ExactMode {
  static constexpr Mode kMode = Mode::kExact;

  static bool on() noexcept {
    return g_recorder.mode.load(std::memory_order_relaxed) == Mode::kExact;
  }

  /// Whether an allocation of this size must be told to `allocated`: each one, while recording.
  static bool due(std::size_t) noexcept { return on(); }

  template <class Stack>
  static void allocated(void* address, std::size_t size, Kind kind, Stack&& stack) noexcept {
    Thread* thread = t_thread;
    Recorder& recorder = g_recorder;
    if (!enter_quickly(recorder, thread)) [[unlikely]]
      return allocated_slowly(address, size, kind, std::forward<Stack>(stack));
    if (thread->guard == 0 && on()) [[likely]] {
      ++recorder.events_count;
      const SiteId site = stack(*thread, kind);
      if (site != 0) [[likely]]
        recorder.add_exact(reinterpret_cast<std::uintptr_t>(address), size, kind, site);
    }
    recorder.lock.leave_biased(thread->lock);
  }

  template <class Stack>
  [[gnu::noinline]] static void allocated_slowly(void* address, std::size_t size, Kind kind,
                                                 Stack&& stack) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr || thread->guard != 0) return;
    Recorder& recorder = g_recorder;
    if (!recorder.enter(*thread)) return;
    if (on()) {
      EventTimer timer(recorder);
      const SiteId site = stack(*thread, kind);
      if (site != 0)
        recorder.add_exact(reinterpret_cast<std::uintptr_t>(address), size, kind, site);
    }
    recorder.leave(*thread);
  }

  /// A large block was asked for with zeros in it, which it has without being touched.
  [[gnu::noinline]] static void zeroed(const void* address) noexcept {
    Thread* thread = current_thread();
    if (!may_know(address) || thread == nullptr || !g_recorder.enter(*thread)) return;
    if (on()) g_recorder.ledger.mark_no_reserve(reinterpret_cast<std::uintptr_t>(address));
    g_recorder.leave(*thread);
  }

  /// Whether a block may be recorded, so that `freed` must be told of its end.
  static bool may_know(const void* address) noexcept { return address != nullptr && on(); }

  /// Forgets a block before it is given back; true (and the block) when it was recorded.
  static bool freed(void* address, Block* block) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr) return false;
    Recorder& recorder = g_recorder;
    if (!recorder.enter(*thread)) return false;
    bool known = false;
    if (on()) {
      EventTimer timer(recorder);
      known = recorder.remove_exact(reinterpret_cast<std::uintptr_t>(address), block);
    }
    recorder.leave(*thread);
    return known;
  }

  /// The common case of `freed`: nobody asks for the block, and the lock is biased to this thread.
  static void forget(void* address) noexcept {
    Thread* thread = t_thread;
    Recorder& recorder = g_recorder;
    if (!enter_quickly(recorder, thread)) [[unlikely]]
      return forget_slowly(address);
    if (on()) [[likely]] {
      ++recorder.events_count;
      recorder.remove_exact(reinterpret_cast<std::uintptr_t>(address));
    }
    recorder.lock.leave_biased(thread->lock);
  }

  static void restored(void* address, const Block& block) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr || !g_recorder.enter(*thread)) return;
    if (on()) g_recorder.restore_exact(reinterpret_cast<std::uintptr_t>(address), block);
    g_recorder.leave(*thread);
  }

 private:
  /// Enters the section if the lock is biased to this thread and the event is none to be timed.
  static bool enter_quickly(Recorder& recorder, Thread* thread) noexcept {
    if (thread == nullptr || !recorder.lock.enter_biased(thread->lock)) [[unlikely]]
      return false;
    if (!EventTimer::due_next(recorder)) [[likely]]
      return true;
    recorder.lock.leave_biased(thread->lock);
    return false;
  }

  [[gnu::noinline]] static void forget_slowly(void* address) noexcept {
    Block block;
    freed(address, &block);
  }
};

struct SampledMode {
  static constexpr Mode kMode = Mode::kSampled;

  static bool on() noexcept {
    return g_recorder.mode.load(std::memory_order_relaxed) == Mode::kSampled;
  }

  /// Takes an allocation off the countdown, before it is made; false in the common case that no
  /// sampling point lies in it. What is due must be told to `allocated`, which also finds out
  /// whether sampling is on at all: so the common case costs one subtraction.
  static bool due(std::size_t size) noexcept {
    return (t_countdown_bytes -= static_cast<std::int64_t>(size)) < 0;
  }

  template <class Stack>
  static void allocated(void* address, std::size_t size, Kind kind, Stack&& stack) noexcept {
    sample(address, size, kind, std::forward<Stack>(stack));
  }

  static void zeroed(const void*) noexcept {}  // samples are not looked at

  static bool may_know(const void* address) noexcept {
    return g_recorder.maybe_sampled(reinterpret_cast<std::uintptr_t>(address));
  }

  static bool freed(void* address, Block* block) noexcept {
    if (!g_recorder.maybe_sampled(reinterpret_cast<std::uintptr_t>(address))) [[likely]]
      return false;
    return take(address, block);
  }
  static void forget(void* address) noexcept {
    Block block;
    freed(address, &block);
  }

  static void restored(void* address, const Block& block) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr || !g_recorder.enter(*thread)) return;
    if (on()) g_recorder.restore_sample(reinterpret_cast<std::uintptr_t>(address), block);
    g_recorder.leave(*thread);
  }

 private:
  /// While sampling is off, a thread looks for a change once in so many bytes.
  static constexpr std::int64_t kLookAgainBytes = 1 << 16;

  template <class Stack>
  [[gnu::noinline, gnu::cold]] static void sample(void* address, std::size_t size, Kind kind,
                                                  Stack&& stack) noexcept {
    Thread* thread = current_thread();
    Recorder& recorder = g_recorder;
    if (!on()) {
      t_countdown_bytes = kLookAgainBytes;
      if (thread != nullptr) thread->countdown_mean_bytes = 0;
      return;
    }
    if (thread == nullptr || thread->guard != 0 || address == nullptr) {
      t_countdown_bytes += static_cast<std::int64_t>(size);  // as if it had not happened
      return;
    }
    if (!recorder.enter(*thread)) return;
    if (on()) {
      EventTimer timer(recorder);
      // A countdown that was drawn for this interval stays good over stop and start: the
      // exponential distribution has no memory. Any other is drawn now, and this event counts
      // against it.
      const double drawn_with = thread->countdown_mean_bytes;
      if (drawn_with != recorder.mean_bytes) {
        thread->countdown_mean_bytes = recorder.mean_bytes;
        // Of the points of a process that was thinned meanwhile, each stays by chance.
        const bool stays = drawn_with != 0 && drawn_with < recorder.mean_bytes &&
                           recorder.draw_uniform(*thread) < drawn_with / recorder.mean_bytes;
        if (!stays) {
          t_countdown_bytes = recorder.draw_interval(*thread);
          if (drawn_with == 0) t_countdown_bytes -= static_cast<std::int64_t>(size);
        }
      }
      if (t_countdown_bytes < 0) {
        const SiteId site = stack(*thread, kind);
        if (site != 0)
          recorder.add_sample(reinterpret_cast<std::uintptr_t>(address), size, kind, site);
        t_countdown_bytes = recorder.draw_interval(*thread);
        thread->countdown_mean_bytes = recorder.mean_bytes;  // adding may have thinned
      }
    }
    recorder.leave(*thread);
  }

  [[gnu::noinline, gnu::cold]] static bool take(void* address, Block* block) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr || !g_recorder.enter(*thread)) return false;
    const bool known =
        on() && g_recorder.remove_sample(reinterpret_cast<std::uintptr_t>(address), block);
    g_recorder.leave(*thread);
    return known;
  }
};

/// Lends the interpreter's stack to hooks that know no Python: the site of an allocation by the
/// calling thread, whether or not it holds the GIL. In the recorder's section.
SiteId native_site(Thread& thread, Kind kind) noexcept;
/// The node of the calling thread's whole stack, for a thread that it creates. In the section.
NodeId native_node(Thread& thread) noexcept;

}  // namespace heapwise
