// Hot path: no Python, no malloc, no exceptions.
// What the recorder keeps for each thread. Trivially destructible, reached by one TLS load.
#pragma once

#include <time.h>

#include <atomic>
#include <cstdint>

#include "base/biased_lock.hpp"
#include "model/stacks.hpp"

namespace heapwise {

/// Deepest Python stack that is recorded; callers below it show as "<deeper frames>".
inline constexpr std::uint32_t kDeepestStackFrames = 1U << 17;

/// A frame met on the way up, waiting for its node.
struct PendingFrame {
  CodeId code;
  std::uint32_t position;
  std::uint64_t* mark;       ///< the dead slot that may carry its mark, or nullptr
  std::uint64_t mark_check;  ///< what a mark of this frame must contain
};

/// Remembers the site of a short run of frames below a node. Valid while no code object has died
/// since, for another one's instructions may then lie at the same address.
struct SiteCacheEntry {
  static constexpr unsigned kFrames = 3;
  const void* instructions[kFrames];  ///< innermost first
  NodeId base;
  SiteId site;
  std::uint32_t code_deaths_count;
  std::uint32_t shape;  ///< number of frames and kind
};
inline constexpr std::size_t kSiteCacheEntries = 128;  // a power of two

struct Thread {
  LockHolder lock;
  /// Above zero, nothing is recorded on this thread: our own code runs, or we are below a PyMem
  /// call that has already been counted.
  std::uint32_t guard = 0;
  PendingFrame* pending = nullptr;
  std::uint32_t pending_room = 0;  ///< frames that `pending` has room for; see grow_pending
  /// Where this thread's stacks hang: the stack that created it, or the root.
  NodeId base = kRootNode;
  std::uint64_t random_state = 0;
  /// The mean that t_countdown_bytes was drawn with; 0 when it was not drawn.
  double countdown_mean_bytes = 0;
  std::uint64_t walks_count = 0;
  std::uint64_t frames_visited_count = 0;
  static constexpr std::uint32_t kMostNativeFrames = 48;
  std::uint32_t native_count = 0;
  void* native[kMostNativeFrames] = {};  ///< innermost first; see unwinder.hpp
  Thread* next_free = nullptr;
  Thread* next_known = nullptr;  ///< all records ever made; see known_threads
  /// What the sampler of CPU time needs: whether the thread runs, its interpreter state (set by the
  /// thread itself, read through the kernel), its CPU clock.
  std::atomic<bool> runs{false};
  std::atomic<const void*> state{nullptr};
  clockid_t cpu_clock = 0;
  bool is_main = false;
  /// Of the sampler alone: when it looked last, and what it met.
  std::uint64_t seen_cpu_ns = 0;
  std::uint64_t seen_wall_ns = 0;
  NodeId seen_node = kRootNode;
  NodeId native_node = kRootNode;
  std::uint32_t looks_count = 0;
  std::uintptr_t handle = 0;  ///< pthread_self() of the thread
  /// CPU time between the last look at the thread and its end, and where it is charged.
  std::atomic<std::uint64_t> ended_cpu_ns{0};
  std::atomic<NodeId> ended_node{kRootNode};
  SiteCacheEntry site_cache[kSiteCacheEntries] = {};
};

#define HEAPWISE_TLS __attribute__((tls_model("initial-exec")))
/// This thread's record, or nullptr before its first event.
extern thread_local constinit HEAPWISE_TLS Thread* t_thread;
/// Bytes until this thread's next sample (sampled mode). Zero in a new thread: its first event
/// draws.
extern thread_local constinit HEAPWISE_TLS std::int64_t t_countdown_bytes;

/// In the child of a fork: another thread may have held the lock of the records.
void reset_thread_lock_after_fork() noexcept;

/// In the child of a fork: only the calling thread runs, and its CPU clock is another one.
void forget_other_threads_after_fork() noexcept;

/// The first of all records, of threads that run and of threads that have ended.
Thread* known_threads() noexcept;

/// Gives the calling thread its record; nullptr when there is no memory.
Thread* attach_thread() noexcept;

/// The same for a thread of the recorder's own: nothing of it is recorded or sampled.
Thread* attach_own_thread() noexcept;

/// CPU time that the calling thread has used.
std::uint64_t own_cpu_ns() noexcept;

/// CPU time that a thread has used; 0 where it has just ended.
std::uint64_t cpu_ns_of(const Thread& thread) noexcept;

/// The kernel's number of a thread.
pid_t number_of(const Thread& thread) noexcept;

/// Whether a thread of this process sleeps; not where it could run, and others have the cores.
/// otherwise: where that is not told.
bool is_asleep(pid_t number, bool otherwise) noexcept;

/// Doubles the room for pending frames; false at kDeepestStackFrames, or when there is no memory.
bool grow_pending(Thread& thread) noexcept;

inline Thread* current_thread() noexcept {
  Thread* thread = t_thread;
  return thread != nullptr ? thread : attach_thread();
}

/// While it lives, nothing the calling thread allocates is recorded.
class GuardScope {
 public:
  explicit GuardScope(Thread* thread) noexcept : thread_(thread) {
    if (thread_ != nullptr) ++thread_->guard;
  }
  ~GuardScope() {
    if (thread_ != nullptr) --thread_->guard;
  }
  GuardScope(const GuardScope&) = delete;
  GuardScope& operator=(const GuardScope&) = delete;

 private:
  Thread* thread_;
};

}  // namespace heapwise
