// Hot path: no Python, no malloc, no exceptions.
#include "capture/thread.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <new>

#include "base/pages.hpp"

namespace heapwise {

thread_local constinit HEAPWISE_TLS Thread* t_thread = nullptr;
thread_local constinit HEAPWISE_TLS std::int64_t t_countdown_bytes = 0;

namespace {

constexpr std::size_t kRecordBytes = round_up(sizeof(Thread), kPageBytes);
constexpr std::uint32_t kFirstRoomFrames = 1024;

// Protected by g_lock. Records are recycled, never unmapped: a lock may still look at one.
std::atomic<std::uint32_t> g_lock{0};
Thread* g_free = nullptr;
std::atomic<Thread*> g_known{nullptr};
pthread_key_t g_exit_key;
bool g_exit_key_made = false;

void lock() noexcept {
  while (g_lock.exchange(1, std::memory_order_acquire) != 0) ::sched_yield();
}
void unlock() noexcept { g_lock.store(0, std::memory_order_release); }

std::uint64_t clock_ns(clockid_t clock) noexcept {
  timespec now{};
  if (::clock_gettime(clock, &now) != 0) return 0;
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000ULL +
         static_cast<std::uint64_t>(now.tv_nsec);
}

// Runs among the thread's other exit handlers. Those that run later may allocate: such a call
// attaches the thread once more, and pthread runs this again.
void recycle(void* record) noexcept {
  auto* thread = static_cast<Thread*>(record);
  t_thread = nullptr;
  const bool sampled = thread->runs.exchange(false, std::memory_order_release);
  thread->state.store(nullptr, std::memory_order_relaxed);
  const std::uint64_t used_ns = own_cpu_ns();
  if (sampled && used_ns > thread->seen_cpu_ns) {
    thread->ended_node.store(thread->seen_node, std::memory_order_relaxed);
    thread->ended_cpu_ns.fetch_add(used_ns - thread->seen_cpu_ns, std::memory_order_release);
  }
  lock();
  thread->next_free = g_free;
  g_free = thread;
  unlock();
}

std::uint64_t seed() noexcept {
  std::uint64_t value = 0;
  if (::getrandom(&value, sizeof value, GRND_NONBLOCK) != sizeof value) {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    value = static_cast<std::uint64_t>(now.tv_nsec) ^ reinterpret_cast<std::uintptr_t>(&value);
  }
  return value | 1;
}

}  // namespace

void reset_thread_lock_after_fork() noexcept { unlock(); }

void forget_other_threads_after_fork() noexcept {
  for (Thread* thread = known_threads(); thread != nullptr; thread = thread->next_known)
    if (thread != t_thread) thread->runs.store(false, std::memory_order_relaxed);
  if (t_thread == nullptr) return;
  ::pthread_getcpuclockid(::pthread_self(), &t_thread->cpu_clock);
  t_thread->seen_wall_ns = clock_ns(CLOCK_MONOTONIC);
  t_thread->seen_cpu_ns = own_cpu_ns();
  t_thread->handle = static_cast<std::uintptr_t>(::pthread_self());
  t_thread->is_main = true;
}

Thread* known_threads() noexcept { return g_known.load(std::memory_order_acquire); }

Thread* attach_thread() noexcept {
  lock();
  Thread* thread = g_free;
  if (thread != nullptr) g_free = thread->next_free;
  if (!g_exit_key_made) g_exit_key_made = ::pthread_key_create(&g_exit_key, recycle) == 0;
  unlock();
  if (thread == nullptr) {
    void* pages = map_pages(kRecordBytes);
    void* frames = map_pages(sizeof(PendingFrame) * kFirstRoomFrames);
    if (pages == nullptr || frames == nullptr) {
      unmap_pages(pages, kRecordBytes);
      unmap_pages(frames, sizeof(PendingFrame) * kFirstRoomFrames);
      return nullptr;
    }
    thread = new (pages) Thread();
    thread->pending = static_cast<PendingFrame*>(frames);
    thread->pending_room = kFirstRoomFrames;
    lock();
    thread->next_known = g_known.load(std::memory_order_relaxed);
    g_known.store(thread, std::memory_order_release);
    unlock();
  }
  thread->random_state = seed();
  thread->base = kRootNode;
  thread->countdown_mean_bytes = 0;
  thread->guard = 1;  // pthread_setspecific may allocate
  t_thread = thread;
  if (g_exit_key_made) ::pthread_setspecific(g_exit_key, thread);
  thread->guard = 0;
  thread->seen_wall_ns = clock_ns(CLOCK_MONOTONIC);
  thread->seen_cpu_ns = own_cpu_ns();
  thread->seen_node = thread->native_node = kRootNode;
  thread->handle = static_cast<std::uintptr_t>(::pthread_self());
  ::pthread_getcpuclockid(::pthread_self(), &thread->cpu_clock);
  thread->is_main = ::getpid() == ::gettid();
  thread->runs.store(true, std::memory_order_release);
  return thread;
}

std::uint64_t own_cpu_ns() noexcept { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }

std::uint64_t cpu_ns_of(const Thread& thread) noexcept { return clock_ns(thread.cpu_clock); }

pid_t number_of(const Thread& thread) noexcept {
  return static_cast<pid_t>(~(thread.cpu_clock >> 3));  // as Linux makes clocks of threads
}

bool is_asleep(pid_t number, bool otherwise) noexcept {
  char path[64];
  ::snprintf(path, sizeof path, "/proc/self/task/%d/stat", static_cast<int>(number));
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return otherwise;
  char text[128];
  const ssize_t got = ::read(file, text, sizeof text - 1);
  ::close(file);
  text[got < 0 ? 0 : got] = '\0';
  const char* name_end = std::strrchr(text, ')');  // the state follows: `1 (name) S ...`
  return name_end == nullptr ? otherwise : std::strncmp(name_end, ") S", 3) == 0;
}

Thread* attach_own_thread() noexcept {
  Thread* thread = attach_thread();
  if (thread == nullptr) return nullptr;
  thread->guard = 1;
  thread->runs.store(false, std::memory_order_release);
  return thread;
}

bool grow_pending(Thread& thread) noexcept {
  if (thread.pending_room >= kDeepestStackFrames) return false;
  const std::size_t old_bytes = sizeof(PendingFrame) * thread.pending_room;
  void* frames = map_pages(2 * old_bytes);
  if (frames == nullptr) return false;
  std::memcpy(frames, thread.pending, old_bytes);
  unmap_pages(thread.pending, old_bytes);
  thread.pending = static_cast<PendingFrame*>(frames);
  thread.pending_room *= 2;
  return true;
}

}  // namespace heapwise
