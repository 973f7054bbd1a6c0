// No Python, no malloc, no exceptions: one thread that keeps the time axis and writes checkpoints.
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

#include "capture/cpu_sampler.hpp"
#include "capture/hooks.hpp"
#include "capture/pools.hpp"
#include "capture/session.hpp"
#include "capture/sharing.hpp"

namespace heapwise {

namespace {

constexpr std::uint64_t kFirstCheckpointMs = 100;
constexpr std::uint64_t kCheckpointMs = 900;  // "at least each second", with room for the write
constexpr std::uint64_t kIdleCheckpointMs = 10000;
constexpr std::uint64_t kCgroupMs = 200;
constexpr int kLowestOwnDescriptor = 512;
constexpr std::size_t kStackBytes = 256 * 1024;

pthread_mutex_t g_sessions = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t g_wake_lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t g_wake;
bool g_wake_made = false;
bool g_stopping = false;
bool g_running = false;
pthread_t g_thread;
std::uint64_t g_start_ns = 0;
std::atomic<std::uint64_t> g_cpu_ns{0};
std::uint64_t g_earlier_cpu_ns = 0;  // of tickers before a fork
char g_cgroup_file[512];

/// A small file of /proc, kept open on a high descriptor: programs expect the low ones for
/// themselves. If the program closed it (daemons close all), it is opened again; what else may have
/// taken the number is recognised by its inode.
class ProcFile {
 public:
  std::size_t read(const char* path, char* out, std::size_t room) noexcept {
    struct stat now{};
    if (fd_ < 0 || ::fstat(fd_, &now) != 0 || now.st_ino != inode_ || now.st_dev != device_) {
      if (!open(path)) return 0;
    }
    const ssize_t got = ::pread(fd_, out, room - 1, 0);
    out[got > 0 ? got : 0] = '\0';
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  void forget() noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  bool open(const char* path) noexcept {
    fd_ = -1;
    const int low = ::open(path, O_RDONLY | O_CLOEXEC);
    if (low < 0) return false;
    const int high = ::fcntl(low, F_DUPFD_CLOEXEC, kLowestOwnDescriptor);
    if (high >= 0) ::close(low);
    fd_ = high >= 0 ? high : low;
    struct stat now{};
    ::fstat(fd_, &now);
    inode_ = now.st_ino;
    device_ = now.st_dev;
    return true;
  }

  int fd_ = -1;
  ino_t inode_ = 0;
  dev_t device_ = 0;
};

ProcFile g_statm;
ProcFile g_cgroup;

std::uint64_t parse_number(const char*& text) noexcept {
  std::uint64_t value = 0;
  while (*text == ' ') ++text;
  while (*text >= '0' && *text <= '9')
    value = value * 10 + static_cast<std::uint64_t>(*text++ - '0');
  return value;
}

std::uint64_t cpu_ns(clockid_t clock) noexcept {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000ULL +
         static_cast<std::uint64_t>(now.tv_nsec);
}

/// Keeps what this thread takes below a hundredth of what the program does, where waking up is
/// dear: then threads and the resident set are looked at less often. Time that is not looked at is
/// not lost: the next look charges it. Of a program that sleeps, half as much of the clock may be
/// taken; and the first seconds of any are looked at closely.
class Budget {
 public:
  /// Whether this tick looks. `process_ns`, `own_ns`: CPU time since the ticker started; `wall_ns`:
  /// since then.
  bool looks(std::uint64_t process_ns, std::uint64_t wall_ns, std::uint64_t own_ns) noexcept {
    constexpr std::uint64_t kShare = 150;
    constexpr std::uint64_t kWallShare = 220;
    constexpr std::uint64_t kGivenNs = 15'000'000;
    constexpr unsigned kMostRest = 8;
    const std::uint64_t spent_ns = own_ns > kGivenNs ? own_ns - kGivenNs : 0;
    const bool over = spent_ns * kShare > process_ns && spent_ns * kWallShare > wall_ns;
    rested_ = over && rested_ + 1 < kMostRest ? rested_ + 1 : 0;
    return rested_ == 0;
  }

 private:
  unsigned rested_ = 0;
};

void write_due_checkpoints(Recorder& recorder) noexcept {
  lock_sessions();
  for (unsigned i = 0; i < kMaxScopes; ++i) {
    Scope& scope = recorder.scopes[i];
    if (scope.active && scope.path[0] != '\0') write_recording(scope, false);
  }
  unlock_sessions();
}

void* run(void*) noexcept {
  if (attach_own_thread() == nullptr) return nullptr;
  ::prctl(PR_SET_NAME, "heapwise", 0, 0, 0);
  ::prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);  // the sampler rests for microseconds
  Recorder& recorder = g_recorder;
  std::uint64_t next_checkpoint_ms = elapsed_ms() + kFirstCheckpointMs;
  std::uint64_t next_cgroup_ms = 0;
  std::uint64_t events_written_count = 0;
  std::uint64_t idle_since_ms = 0;
  std::uint64_t cgroup_bytes = 0;
  Resident resident{};
  Budget budget;
  const std::uint64_t start_ns = monotonic_ns();
  const std::uint64_t process_start_ns = cpu_ns(CLOCK_PROCESS_CPUTIME_ID);
  for (;;) {
    ::pthread_mutex_lock(&g_wake_lock);
    timespec until{};
    ::clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += Timeline::kTickMs * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
      until.tv_nsec -= 1000000000L;
      ++until.tv_sec;
    }
    if (!g_stopping) ::pthread_cond_timedwait(&g_wake, &g_wake_lock, &until);
    const bool stopping = g_stopping;
    ::pthread_mutex_unlock(&g_wake_lock);
    if (stopping) break;

    const std::uint64_t now = elapsed_ms();
    recorder.now_ms.store(now, std::memory_order_relaxed);
    if (now >= next_cgroup_ms && g_cgroup_file[0] != '\0') {
      next_cgroup_ms = now + kCgroupMs;
      char text[32];
      const char* cursor = text;
      if (g_cgroup.read(g_cgroup_file, text, sizeof text) > 0) cgroup_bytes = parse_number(cursor);
    }
    lock_sessions();  // guards the timeline
    look_at_pools(false);
    const std::uint64_t process_ns = cpu_ns(CLOCK_PROCESS_CPUTIME_ID) - process_start_ns;
    const std::uint64_t wall_ns = monotonic_ns() - start_ns;
    NodeId main_node = kRootNode;  // not known
    if (budget.looks(process_ns, wall_ns, g_cpu_ns.load(std::memory_order_relaxed))) {
      main_node = sample_threads();
      resident = read_resident();
    }
    recorder.add_tick(now, resident, cgroup_bytes, main_node);
    if (recorder.timeline.moment_due(now)) take_moment(now);
    unlock_sessions();
    take_due_share(now);
    if (g_on_tick != nullptr) g_on_tick(now, recorder.in_use_bytes());
    if (now >= next_checkpoint_ms) {
      next_checkpoint_ms = now + kCheckpointMs;
      const std::uint64_t events = recorder.events_count;
      if (events != events_written_count || now >= idle_since_ms + kIdleCheckpointMs) {
        write_due_checkpoints(recorder);
        events_written_count = events;
        idle_since_ms = now;
      }
    }
    g_cpu_ns.store(cpu_ns(CLOCK_THREAD_CPUTIME_ID), std::memory_order_relaxed);
  }
  return nullptr;
}

}  // namespace

std::uint64_t monotonic_ns() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000ULL +
         static_cast<std::uint64_t>(now.tv_nsec);
}

void restart_clock() noexcept {
  g_start_ns = monotonic_ns();
  g_recorder.now_ms.store(0);
}

std::uint64_t clock_start_ns() noexcept { return g_start_ns; }

std::uint64_t elapsed_ms() noexcept { return (monotonic_ns() - g_start_ns) / 1000000; }

void take_moment(std::uint64_t now) noexcept {
  Recorder& recorder = g_recorder;
  const std::uint64_t begun_ns = monotonic_ns();
  const double heap = recorder.in_use_bytes();
  const double least = heap / static_cast<double>(Timeline::kShare);
  const bool sampled = recorder.mode.load(std::memory_order_relaxed) == Mode::kSampled;
  recorder.timeline.begin_moment(now);
  const SiteId count = recorder.stacks.sites.size();
  for (SiteId site = 1; site < count; ++site) {
    // Read without the lock: a figure that changes meanwhile is as true as the one before.
    const double bytes =
        sampled
            ? recorder.stacks.site_figures<double>(site).in_use_bytes
            : static_cast<double>(recorder.stacks.site_figures<std::int64_t>(site).in_use_bytes);
    if (bytes > 0 && bytes >= least)
      recorder.timeline.add_row(site, static_cast<std::uint64_t>(bytes));
  }
  recorder.timeline.end_moment(now, monotonic_ns() - begun_ns);
}

Resident read_resident() noexcept {
  char text[128];
  if (g_statm.read("/proc/self/statm", text, sizeof text) == 0) return {};
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const char* cursor = text;
  parse_number(cursor);
  const std::uint64_t pages = parse_number(cursor);
  return {pages * page, parse_number(cursor) * page};
}

std::uint64_t ticker_cpu_ns() noexcept {
  return g_earlier_cpu_ns + g_cpu_ns.load(std::memory_order_relaxed);
}

void lock_sessions() noexcept { ::pthread_mutex_lock(&g_sessions); }
void unlock_sessions() noexcept { ::pthread_mutex_unlock(&g_sessions); }

bool resume_ticker() noexcept {
  if (g_running) return true;
  if (!g_wake_made) {
    pthread_condattr_t attributes;
    ::pthread_condattr_init(&attributes);
    ::pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    ::pthread_cond_init(&g_wake, &attributes);
    g_wake_made = true;
  }
  g_stopping = false;
  // The thread must never be the one that a signal of the program is delivered to.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, kStackBytes);
  g_running = ::pthread_create(&g_thread, &attributes, run, nullptr) == 0;
  ::pthread_attr_destroy(&attributes);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return g_running;
}

bool start_ticker(const char* cgroup_file) noexcept {
  if (g_running) return true;
  g_cgroup_file[0] = '\0';
  if (cgroup_file != nullptr) std::strncpy(g_cgroup_file, cgroup_file, sizeof g_cgroup_file - 1);
  restart_clock();
  g_earlier_cpu_ns = 0;
  g_cpu_ns.store(0);
  return resume_ticker();
}

bool stop_ticker() noexcept {
  if (!g_running) return false;
  ::pthread_mutex_lock(&g_wake_lock);
  g_stopping = true;
  ::pthread_cond_signal(&g_wake);
  ::pthread_mutex_unlock(&g_wake_lock);
  ::pthread_join(g_thread, nullptr);
  g_running = false;
  g_earlier_cpu_ns += g_cpu_ns.exchange(0);
  g_statm.forget();
  g_cgroup.forget();
  return true;
}

void forget_ticker_after_fork() noexcept {
  // The thread is the parent's; its mutexes may have been held at the fork.
  ::pthread_mutex_init(&g_sessions, nullptr);
  ::pthread_mutex_init(&g_wake_lock, nullptr);
  g_wake_made = false;
  g_running = false;
  g_statm.forget();  // it showed the parent
  g_cgroup.forget();
}

}  // namespace heapwise
