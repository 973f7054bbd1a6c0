// Hot path: no Python, no malloc, no exceptions.
// A spin lock that costs its usual owner no atomic operation.
//
// Programs that allocate from one thread (or from threads that take turns under the GIL) are the
// rule, and an uncontended atomic exchange would be the dearest instruction of a hook. So the lock
// is *biased*: the owner enters by a plain store to its own flag followed by a re-check of the
// owner word. Anybody else takes the spin lock, clears the owner word, and runs membarrier(2),
// after which either the owner has seen the change or its flag is visible: the asymmetric Dekker
// scheme of Dice, Moir and Scherer, "Quickly Reacquirable Locks" (2003).
//
// Invariants:
//  - owner_ changes only under word_;
//  - a holder's `inside` flag is written by its own thread alone;
//  - whoever holds word_ with owner_ == nullptr, and has waited for the last owner's flag, is
//  alone.
#pragma once

#include <errno.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace heapwise {

/// The part of a thread that the lock needs. Never freed while the process runs.
struct LockHolder {
  std::atomic<std::uint32_t> inside{0};
  bool holds_word = false;
};

class BiasedLock {
 public:
  /// Must run once before bias is given; without kernel support the lock stays a plain spin lock.
  void prepare() noexcept {
    bias_possible_ =
        ::syscall(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
  }

  void enter(LockHolder& self) noexcept {
    if (owner_.load(std::memory_order_relaxed) == &self) {
      self.inside.store(1, std::memory_order_relaxed);
      std::atomic_signal_fence(std::memory_order_seq_cst);
      if (owner_.load(std::memory_order_relaxed) == &self) [[likely]]
        return;
      self.inside.store(0, std::memory_order_release);
    }
    enter_slowly(self);
  }

  void leave(LockHolder& self) noexcept {
    if (!self.holds_word) [[likely]] {
      self.inside.store(0, std::memory_order_release);
      return;
    }
    self.holds_word = false;
    self.inside.store(0, std::memory_order_relaxed);
    word_.store(0, std::memory_order_release);
  }

  /// The common case of `enter` alone: the lock is biased to this thread, which is not inside.
  /// Else false, and nothing has changed. What it entered, `leave_biased` leaves.
  bool enter_biased(LockHolder& self) noexcept {
    if (owner_.load(std::memory_order_relaxed) != &self ||
        self.inside.load(std::memory_order_relaxed) != 0) [[unlikely]]
      return false;
    self.inside.store(1, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (owner_.load(std::memory_order_relaxed) == &self) [[likely]]
      return true;
    self.inside.store(0, std::memory_order_release);
    return false;
  }
  void leave_biased(LockHolder& self) noexcept { self.inside.store(0, std::memory_order_release); }

  /// In the child of a fork: only the calling thread is left.
  void reset_after_fork(LockHolder& self) noexcept {
    self.inside.store(0, std::memory_order_relaxed);
    self.holds_word = false;
    owner_.store(nullptr, std::memory_order_relaxed);
    last_ = nullptr;
    streak_ = 0;
    word_.store(0, std::memory_order_release);
    prepare();
  }

  [[nodiscard]] std::uint64_t revocations_count() const noexcept { return revocations_count_; }

 private:
  static constexpr std::uint32_t kFirstStreak = 256;
  static constexpr std::uint32_t kLongestStreak = 1U << 20;
  static constexpr std::uint64_t kWorthwhileTicks =
      200'000;  // some 100 us, of the 5 ms of a GIL turn

  /// The processor's own clock; only differences of some 10^5 matter.
  static std::uint64_t ticks() noexcept {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    std::uint64_t value;
    asm volatile("mrs %0, cntvct_el0" : "=r"(value));
    return value * 32;  // it counts some 10 to 100 times slower
#endif
  }

  [[gnu::noinline]] void enter_slowly(LockHolder& self) noexcept {
    std::uint32_t spins = 0;
    while (word_.exchange(1, std::memory_order_acquire) != 0)
      if (++spins % 64 == 0) ::sched_yield();
    LockHolder* owner = owner_.load(std::memory_order_relaxed);
    if (owner != nullptr && owner != &self) {
      owner_.store(nullptr, std::memory_order_relaxed);
      const int saved_errno = errno;
      ::syscall(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
      errno = saved_errno;
      for (spins = 0; owner->inside.load(std::memory_order_acquire) != 0;)
        if (++spins % 64 == 0) ::sched_yield();
      ++revocations_count_;
      // A bias that did not last cost more than it saved: the next one must be better earned.
      const bool lasted = ticks() - biased_since_ > kWorthwhileTicks;
      if (lasted)
        wanted_streak_ = kFirstStreak;
      else if (wanted_streak_ < kLongestStreak)
        wanted_streak_ *= 2;
    }
    self.holds_word = true;
    self.inside.store(1, std::memory_order_relaxed);
    if (last_ != &self) {
      last_ = &self;
      streak_ = 0;
    } else if (bias_possible_ && ++streak_ >= wanted_streak_) {
      streak_ = 0;
      biased_since_ = ticks();
      owner_.store(&self, std::memory_order_relaxed);
    }
  }

  std::atomic<LockHolder*> owner_{nullptr};
  std::atomic<std::uint32_t> word_{0};
  LockHolder* last_ = nullptr;
  std::uint32_t streak_ = 0;
  std::uint32_t wanted_streak_ = kFirstStreak;
  std::uint64_t revocations_count_ = 0;
  std::uint64_t biased_since_ = 0;
  bool bias_possible_ = false;
};

}  // namespace heapwise
