// How long a forked child waits before it works.
#pragma once

#include <errno.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
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
  /// Where there is no page for it, nobody waits.
  void make() noexcept {
    drop();
    void* page =
        ::mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED) word_ = static_cast<std::uint32_t*>(page);
  }

  void drop() noexcept {
    if (word_ != nullptr) ::munmap(word_, kPageBytes);
    word_ = nullptr;
  }

  /// By the child.
  void wait(std::uint64_t milliseconds) const noexcept {
    if (word_ == nullptr) return;
    timespec end{};
    ::clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += static_cast<time_t>(milliseconds / 1000);
    end.tv_nsec += static_cast<long>(milliseconds % 1000) * 1000000;
    if (end.tv_nsec >= 1000000000) {
      end.tv_nsec -= 1000000000;
      ++end.tv_sec;
    }
    // Until a moment, so that signals do not make it longer. Another error than these: its time is
    // over, or the kernel has no such call.
    while (__atomic_load_n(word_, __ATOMIC_ACQUIRE) == 0 &&
           (::syscall(SYS_futex, word_, FUTEX_WAIT_BITSET, 0, &end, nullptr,
                      FUTEX_BITSET_MATCH_ANY) == 0 ||
            errno == EINTR || errno == EAGAIN)) {
    }
  }

  void hurry() const noexcept {
    if (word_ == nullptr) return;
    __atomic_store_n(word_, 1, __ATOMIC_RELEASE);
    ::syscall(SYS_futex, word_, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
  }

 private:
  std::uint32_t* word_ = nullptr;
};

}  // namespace heapwise
