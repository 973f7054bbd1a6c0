// How long a forked child waits before it works.
#pragma once

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

/// It may be that nobody wants what the child makes by then; and whoever waits for it says so. A
/// page that is shared with the child, of one word: 1 when there is haste.
class Patience {
 public:
  /// Where there is no page for it (false), nobody waits.
  bool make() noexcept {
    drop();
    void* page =
        ::mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED) word_ = static_cast<std::uint32_t*>(page);
    return word_ != nullptr;
  }

  void drop() noexcept {
    if (word_ != nullptr) ::munmap(word_, kPageBytes);
    word_ = nullptr;
  }

  /// By the child, so long at most, and no longer than its parent lives. Whether there is haste.
  bool wait(std::uint64_t milliseconds, pid_t parent) const noexcept {
    constexpr std::uint64_t kLookMs = 20;
    if (word_ == nullptr) return false;
    while (milliseconds > 0 && !is_hurried() && ::getppid() == parent) {
      const std::uint64_t step = milliseconds < kLookMs ? milliseconds : kLookMs;
      const timespec rest{0, static_cast<long>(step) * 1000000};
      ::syscall(SYS_futex, word_, FUTEX_WAIT, 0, &rest, nullptr, 0);
      milliseconds -= step;
    }
    return is_hurried();
  }

  void hurry() const noexcept {
    if (word_ == nullptr) return;
    __atomic_store_n(word_, 1, __ATOMIC_RELEASE);
    ::syscall(SYS_futex, word_, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
  }

 private:
  bool is_hurried() const noexcept { return __atomic_load_n(word_, __ATOMIC_ACQUIRE) != 0; }

  std::uint32_t* word_ = nullptr;
};

}  // namespace heapwise
