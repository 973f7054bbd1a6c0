// Starting, stopping and forking. Runs rarely; allocates nothing from the program all the same.
#include "capture/session.hpp"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cstring>

#include "capture/children.hpp"
#include "capture/cpu_sampler.hpp"
#include "capture/hooks.hpp"
#include "capture/native_hooks.hpp"
#include "capture/sharing.hpp"
#include "capture/unwinder.hpp"

namespace heapwise {

void (*g_install_hooks)(Mode mode) noexcept = nullptr;
long long (*g_arena_bytes)() noexcept = nullptr;
bool (*g_run_later)(int (*function)(void*)) noexcept = nullptr;
void (*g_on_tick)(std::uint64_t now_ms, double heap_bytes) noexcept = nullptr;

namespace {

bool g_fork_handlers_set = false;
pid_t g_pid = 0;
bool g_forked_child = false;
pthread_mutex_t g_fork_lock = PTHREAD_MUTEX_INITIALIZER;

std::uint64_t g_forked_ms = 0;

int resume_later(void*) {
  if (g_recorder.ticker_paused && g_recorder.mode.load() != Mode::kOff) {
    GuardScope guard(current_thread());
    resume_ticker();
  }
  g_recorder.ticker_paused = false;
  return 0;
}

// The recorder is locked over fork(2), so that the child finds its tables whole. The ticker's
// thread ends before and comes back once the interpreter runs again: since 3.12 os.fork() counts
// the threads of the process and warns the user of "multi-threaded" programs, and ours must not
// make it one.
void before_fork() noexcept {
  ::pthread_mutex_lock(&g_fork_lock);  // threads may fork at the same time
  // Two forks in a row: the first one's resumption may still be waiting.
  g_recorder.ticker_paused = stop_ticker() || g_recorder.ticker_paused;
  g_forked_ms = elapsed_ms();
  lock_sessions();
  if (g_recorder.mode.load() != Mode::kOff)  // what this process held when the other one began
    g_recorder.add_tick(g_forked_ms, read_resident(), 0, kRootNode);
  if (Thread* thread = current_thread()) g_recorder.lock.enter(thread->lock);
}

void after_fork_in_parent() noexcept {
  if (Thread* thread = t_thread) g_recorder.lock.leave(thread->lock);
  unlock_sessions();
  if (g_recorder.ticker_paused && (g_run_later == nullptr || !g_run_later(resume_later)))
    resume_later(nullptr);
  ::pthread_mutex_unlock(&g_fork_lock);
}

void after_fork_in_child() noexcept {
  ::pthread_mutex_init(&g_fork_lock, nullptr);
  g_recorder.ticker_paused = false;
  reset_thread_lock_after_fork();
  forget_other_threads_after_fork();
  reset_patch_lock_after_fork();
  forget_ticker_after_fork();
  Recorder& recorder = g_recorder;
  Thread* thread = t_thread;
  if (thread == nullptr) return;
  recorder.lock.reset_after_fork(thread->lock);
  g_pid = ::getpid();
  g_forked_child = true;
  if (recorder.mode.load() == Mode::kOff) return;
  // The child counts what it allocates itself; what it inherited is one figure.
  GuardScope guard(thread);
  const double inherited = recorder.in_use_bytes();
  recorder.reset_figures();
  forget_cpu_samples();
  restart_clock();
  recorder.inherited_bytes = static_cast<std::uint64_t>(inherited < 0 ? 0 : inherited);
  child_is_due();
  recorder.ticker_paused = is_child_due();
  g_forked_ms = 0;
  for (unsigned i = 0; i < kMaxScopes; ++i) {
    Scope& scope = recorder.scopes[i];
    if (!scope.active) continue;
    if (!scope.main) scope.active = false;
    scope.path[0] = '\0';  // the file is the parent's
    scope.peak_bytes = 0;
    scope.peak_ms = 0;
    scope.start_ms = 0;
    scope.start_resident = read_resident();
  }
  recorder.scopes.set_side_count(0);
}

/// A forked child that only replaces itself by another program is no process worth a file, and no
/// more is one that C code forked and that did next to nothing.
bool is_stub() noexcept {
  constexpr std::uint64_t kFewEvents = 4096;
  constexpr double kFewBytes = 1 << 20;
  return g_forked_child && g_recorder.events_count < kFewEvents &&
         g_recorder.peak_bytes() < kFewBytes;
}

void write_all_before_exit(bool replaced) noexcept {
  if (::getpid() != g_pid || g_recorder.mode.load() == Mode::kOff) return;  // a vfork child exits
  GuardScope guard(current_thread());
  if (!is_stub()) settle_due_child();
  lock_sessions();
  for (unsigned i = 0; i < kMaxScopes; ++i) {
    Scope& scope = g_recorder.scopes[i];
    if (!scope.active || scope.path[0] == '\0') continue;
    if (replaced && is_stub())
      ::unlink(scope.path);
    else
      write_recording(scope, true);
  }
  unlock_sessions();
}

std::uint64_t clock_cost_ns() noexcept {
  std::uint64_t least = ~std::uint64_t{0};
  for (int i = 0; i < 64; ++i) {
    const std::uint64_t start = monotonic_ns();
    const std::uint64_t took = monotonic_ns() - start;
    if (took < least) least = took;
  }
  return least;
}

bool set_metadata(Scope& scope, const char* metadata, std::uint64_t bytes) noexcept {
  unmap_pages(scope.metadata, round_up(scope.metadata_bytes, kPageBytes));
  scope.metadata = nullptr;
  scope.metadata_bytes = 0;
  if (bytes == 0) return true;
  scope.metadata = static_cast<char*>(map_pages(round_up(bytes, kPageBytes)));
  if (scope.metadata == nullptr) return false;
  std::memcpy(scope.metadata, metadata, bytes);
  scope.metadata_bytes = bytes;
  return true;
}

int set_path(Scope& scope, const char* path) noexcept {
  scope.path[0] = '\0';
  if (path == nullptr) return 0;
  if (std::strlen(path) + 16 > sizeof scope.path) return ENAMETOOLONG;
  std::strcpy(scope.path, path);
  return 0;
}

/// A side scope measures from here: remember where each site stands.
bool take_baseline(Recorder& recorder, Scope& scope) noexcept {
  const bool sampled = recorder.mode.load() == Mode::kSampled;
  const SiteId count = recorder.stacks.sites.size();
  for (SiteId site = 0; site < count; ++site) {
    if (!scope.baselines.ensure(site)) return false;
    if (sampled) {
      const auto& f = recorder.stacks.site_figures<double>(site);
      scope.baselines[site] =
          Baseline{f.in_use_bytes, f.in_use_count, f.total_bytes, f.total_count, f.residence_ms};
    } else {
      const auto& f = recorder.stacks.site_figures<std::int64_t>(site);
      scope.baselines[site] =
          Baseline{static_cast<double>(f.in_use_bytes), static_cast<double>(f.in_use_count),
                   static_cast<double>(f.total_bytes), static_cast<double>(f.total_count),
                   static_cast<double>(f.residence_ms)};
    }
  }
  for (unsigned i = 0; i < CollectorLog::kGenerations; ++i)
    scope.collections_base[i] = recorder.collector.row(i);
  finish_cpu_samples();
  for (std::uint32_t i = 0; i < cpu_rows_count(); ++i)
    if (!scope.cpu_base.append(cpu_row(i))) return false;
  const Sums sums = recorder.sums();
  scope.base_in_use_bytes = recorder.in_use_bytes();
  scope.base_in_use_count = sums.in_use_count;
  scope.base_total_bytes = sums.total_bytes;
  scope.base_total_count = sums.total_count;
  return true;
}

void close_scope(Scope& scope) noexcept {
  scope.active = false;
  scope.baselines.release();
  scope.peaks.release();
  scope.cpu_base.release();
  set_metadata(scope, nullptr, 0);
}

int begin(Thread& self, const StartOptions& options, int index, bool first) noexcept {
  Recorder& recorder = g_recorder;
  Scope& scope = recorder.scopes[static_cast<unsigned>(index)];
  scope.main = first;
  scope.write_failed = false;
  scope.write_errno = 0;
  scope.peak_bytes = 0;
  scope.peak_ms = 0;
  scope.epoch = 1;
  scope.start_ms = first ? 0 : elapsed_ms();
  scope.start_resident = read_resident();
  if (!set_metadata(scope, options.metadata, options.metadata_bytes)) return kNoMemory;
  recorder.lock.enter(self.lock);
  bool ready = true;
  if (first) {
    recorder.reset_figures();
    for (Collections& base : scope.collections_base) base = Collections{};
    recorder.mean_bytes = options.mean_bytes;
    self.countdown_mean_bytes = 0;  // no wait until this thread looks again
    t_countdown_bytes = 0;
    recorder.inherited_bytes = 0;
    scope.base_in_use_bytes = scope.base_in_use_count = 0;
    scope.base_total_bytes = scope.base_total_count = 0;
  } else {
    ready = take_baseline(recorder, scope);
    if (ready) recorder.scopes.set_side_count(recorder.scopes.side_count() + 1);
  }
  scope.active = ready;
  if (ready && first) recorder.mode.store(options.mode);
  recorder.lock.leave(self.lock);
  if (!ready) close_scope(scope);
  return ready ? index : static_cast<int>(kNoMemory);
}

}  // namespace

void resume_ticker_if_due() noexcept {
  constexpr std::uint64_t kForkIsOverMs = 5;
  constexpr std::uint64_t kChildIsOnItsOwnMs = 100;
  if (is_child_due()) {
    if (elapsed_ms() >= kChildIsOnItsOwnMs) settle_due_child();
    return;
  }
  if (elapsed_ms() >= g_forked_ms + kForkIsOverMs) resume_later(nullptr);
}

int start_scope(const StartOptions& options) noexcept {
  Thread* self = current_thread();
  if (self == nullptr) return kNoThread;
  GuardScope guard(self);
  Recorder& recorder = g_recorder;
  if (!recorder.prepare()) return kNoMemory;
  lock_sessions();
  int index = -1;
  bool first = true;
  for (int i = kMaxScopes - 1; i >= 0; --i) {
    if (recorder.scopes[static_cast<unsigned>(i)].active)
      first = false;
    else
      index = i;
  }
  int result = 0;
  if (index < 0) result = kTooManyScopes;
  Scope& scope = recorder.scopes[static_cast<unsigned>(index < 0 ? 0 : index)];
  if (result == 0) {
    errno = set_path(scope, options.path);
    if (errno != 0) result = kNotWritable;
  }
  if (result == 0 && first) {
    g_pid = ::getpid();
    recorder.lock.prepare();
    recorder.clock_ns = clock_cost_ns();
    g_before_exit = write_all_before_exit;
    if (!g_fork_handlers_set)
      g_fork_handlers_set =
          ::pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) == 0;
    recorder.native_stacks = options.native_stacks && prepare_unwinder();
    if (g_install_hooks != nullptr) g_install_hooks(options.mode);
    install_native_hooks(options.mode);
    read_rss_bytes();  // opens its file while there may be one thread: later it would wait for the
                       // kernel
    self->state.store(options.thread_state, std::memory_order_relaxed);
    forget_cpu_samples();
    if (!start_ticker(options.cgroup_file)) result = kNoThread;
  }
  if (result == 0) result = begin(*self, options, index, first);
  if (result >= 0 && options.path != nullptr && write_recording(scope, false) != 0) {
    const int error = scope.write_errno;
    unlock_sessions();
    stop_scope(result);
    errno = error;
    return kNotWritable;
  }
  unlock_sessions();
  return result;
}

int stop_scope(int index) noexcept {
  Thread* self = current_thread();
  if (self == nullptr || index < 0 || index >= static_cast<int>(kMaxScopes)) return EINVAL;
  GuardScope guard(self);
  settle_due_child();
  Recorder& recorder = g_recorder;
  lock_sessions();
  Scope& scope = recorder.scopes[static_cast<unsigned>(index)];
  if (!scope.active) {
    unlock_sessions();
    return EINVAL;
  }
  int error = 0;
  if (scope.path[0] != '\0') error = write_recording(scope, true);
  recorder.lock.enter(self->lock);
  if (!scope.main) recorder.scopes.set_side_count(recorder.scopes.side_count() - 1);
  close_scope(scope);
  bool last = true;
  for (unsigned i = 0; i < kMaxScopes; ++i) last = last && !recorder.scopes[i].active;
  if (last) {
    recorder.mode.store(Mode::kOff);
    recorder.reset_figures();
  }
  recorder.lock.leave(self->lock);
  unlock_sessions();
  if (last) stop_ticker();
  return error;
}

int checkpoint_scope(int index) noexcept {
  if (index < 0 || index >= static_cast<int>(kMaxScopes)) return EINVAL;
  GuardScope guard(current_thread());
  lock_sessions();
  Scope& scope = g_recorder.scopes[static_cast<unsigned>(index)];
  const int error = scope.active && scope.path[0] != '\0' ? write_recording(scope, false) : EINVAL;
  unlock_sessions();
  return error;
}

int write_now(const char* path) noexcept {
  GuardScope guard(current_thread());
  lock_sessions();
  int error = EINVAL;
  for (unsigned i = 0; i < kMaxScopes; ++i) {
    Scope& scope = g_recorder.scopes[i];
    if (scope.active && scope.main) error = write_recording(scope, false, path);
  }
  unlock_sessions();
  return error;
}

Usage usage_of(int index) noexcept {
  Usage usage{};
  Thread* self = current_thread();
  if (self == nullptr || index < 0 || index >= static_cast<int>(kMaxScopes)) return usage;
  GuardScope guard(self);
  Recorder& recorder = g_recorder;
  usage.rss_bytes = read_rss_bytes();
  recorder.lock.enter(self->lock);
  const Scope& scope = recorder.scopes[static_cast<unsigned>(index)];
  const Sums sums = recorder.sums();
  usage.in_use_bytes = recorder.in_use_bytes() - scope.base_in_use_bytes;
  usage.peak_bytes = scope.main ? recorder.peak_bytes() : scope.peak_bytes;
  usage.total_bytes = sums.total_bytes - scope.base_total_bytes;
  usage.total_count = sums.total_count - scope.base_total_count;
  usage.peak_rss_bytes = recorder.timeline.peak_rss_bytes;
  usage.duration_ms = elapsed_ms() - scope.start_ms;
  usage.own_bytes = recorder.ledger.used_bytes() + recorder.stacks.used_bytes();
  if (recorder.timed_events_count != 0)
    usage.own_ns = recorder.timed_events_ns / recorder.timed_events_count * recorder.events_count;
  recorder.lock.leave(self->lock);
  usage.own_ns += ticker_cpu_ns();
  return usage;
}

int continue_in_child(const char* path, const char* metadata, std::uint64_t bytes) noexcept {
  Thread* self = current_thread();
  Recorder& recorder = g_recorder;
  if (self == nullptr || recorder.mode.load() == Mode::kOff) return EINVAL;
  GuardScope guard(self);
  child_is_settled();
  recorder.ticker_paused = false;
  lock_sessions();
  int error = ENOENT;
  for (unsigned i = 0; i < kMaxScopes; ++i) {
    Scope& scope = recorder.scopes[i];
    if (!scope.active || !scope.main) continue;
    if (scope.path[0] != '\0') ::unlink(scope.path);  // it was not waited for, and made one itself
    error = set_path(scope, path);
    if (error == 0 && !set_metadata(scope, metadata, bytes)) error = ENOMEM;
    if (error == 0) error = start_ticker(nullptr) ? 0 : EAGAIN;
    if (error == 0) begin_sharing();
    if (error == 0) error = write_recording(scope, false);
  }
  unlock_sessions();
  return error;
}

}  // namespace heapwise
