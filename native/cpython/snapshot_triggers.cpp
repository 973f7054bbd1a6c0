// Snapshots that the ticker asks for. It cannot take them itself: that needs the GIL. So it says
// that one is due, and the interpreter takes it between two instructions of the main thread, or
// after a collection in any thread, whichever comes first. A peak is told by the allocation that
// makes it, so that the main thread takes the snapshot right after it. Where the main thread waits
// and others work, neither may come: then a thread asks for the GIL, takes the snapshot, and ends.
// It is not the ticker, which is joined at a fork by a thread that holds the GIL. A main thread
// that works, be it in native code without the GIL, is left to take it itself: what it makes is
// half done meanwhile.
#include <Python.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "base/pages.hpp"
#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "cpython/snapshot.hpp"

namespace heapwise::cpython {

namespace {

constexpr double kHigher = 1.1;
constexpr double kMuchHigher = 1.5;  // waits for no rest, nor for one that is being written
constexpr double kLeastRiseBytes = 1 << 20;
/// A fork may take so much of the time on the average; at the start, and after a quiet time, what
/// follows one upon the other may take more.
constexpr std::int64_t kRestForOneFork = 50, kMostCreditNs = 60'000'000;
/// While a heap rises, as at the start of most programs, one snapshot after the other is out of
/// date before it is written. What is replaced before it is begun costs no more than the fork.
constexpr std::uint64_t kPatienceMs = 400, kMostPatienceMs = 1000;
constexpr unsigned kMostKept = 32;
constexpr std::size_t kLongestStem = 3900;

struct State {
  bool with_values = false;
  Trigger trigger = Trigger::kOff;
  pid_t owner = 0;
  std::uint64_t interval_ms = 0;
  std::uint64_t next_ms = 0;
  std::int64_t credit_ns = kMostCreditNs;  ///< what forks may take, at `credit_ms`
  std::uint64_t credit_ms = 0;
  double highest_bytes = 0;
  double written_bytes = 0, next_bytes = 0;  ///< of the heap that the children show
  char stem[kLongestStem] = {};
  char* metadata = nullptr;
  std::uint64_t metadata_bytes = 0;
  std::uint64_t main_cpu_ns = 0;  ///< of the main thread, at the last tick that something was due
  unsigned number = 0;
  unsigned kept[kMostKept] = {};
  unsigned kept_count = 0;
  pid_t child = 0;  ///< that writes
  Patience patience;
  pid_t next_child = 0;         ///< that is to write a higher peak when the other has ended
  Patience next_patience;       ///< its own
  std::uint64_t waited_ms = 0;  ///< since when one has waited, or one in whose place it came
  std::uint64_t begins_ms = 0;  ///< when the child begins to
  char child_path[kLongestStem + 64] = {};
};

State g_state;
pthread_mutex_t g_lock = PTHREAD_MUTEX_INITIALIZER;  // of the state; held for moments
std::atomic<bool> g_due{false};
std::atomic<bool> g_asking{false};  // a thread asks for the GIL
constexpr std::size_t kAskerStackBytes = 1024 * 1024;
/// Up to 3.12, what another thread asks of the main one waits until the GIL is wanted.
constexpr bool kHearsOthers = PY_VERSION_HEX >= 0x030D0000;

class Locked {
 public:
  Locked() noexcept { ::pthread_mutex_lock(&g_lock); }
  ~Locked() { ::pthread_mutex_unlock(&g_lock); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
};

void path_of(unsigned number, char (&path)[sizeof g_state.child_path]) noexcept {
  if (g_state.trigger == Trigger::kPeak)
    ::snprintf(path, sizeof path, "%s.peak.snapshot.hw", g_state.stem);
  else
    ::snprintf(path, sizeof path, "%s.%u.snapshot.hw", g_state.stem, number);
}

/// Drops every second file and doubles the interval, so that a long run has a bounded number.
void thin() noexcept {
  char path[sizeof g_state.child_path];
  unsigned left = 0;
  for (unsigned i = 0; i < g_state.kept_count; ++i) {
    if (i % 2 == 0) {
      g_state.kept[left++] = g_state.kept[i];
      continue;
    }
    path_of(g_state.kept[i], path);
    ::unlink(path);
  }
  g_state.kept_count = left;
  g_state.interval_ms *= 2;
}

void reap(bool wait) noexcept {
  if (g_state.child == 0) return;
  const int error = await_snapshot(g_state.child, g_state.child_path, wait);
  if (error == kStillWriting) return;
  g_state.child = std::exchange(g_state.next_child, 0);
  if (g_state.child != 0) {
    g_state.next_patience.hurry();
    g_state.written_bytes = g_state.next_bytes;
    g_state.begins_ms = 0;
    if (wait) reap(true);
  }
  if (error != 0 || g_state.trigger != Trigger::kEvery) return;
  if (g_state.kept_count == kMostKept) thin();
  g_state.kept[g_state.kept_count++] = g_state.number;
}

int take_later(void*) {
  take_due_snapshot();
  return 0;
}

/// In the thread that allocates.
void make_due_here() noexcept {
  g_due.store(true);
  if (g_run_later != nullptr) g_run_later(take_later);
}

/// A thread that takes what is due as soon as it gets the GIL. Not noexcept: an interpreter that
/// ends unwinds who asks.
void* ask_for_gil(void*) {
  if (attach_own_thread() != nullptr) {
    const PyGILState_STATE state = PyGILState_Ensure();
    take_due_snapshot();
    PyGILState_Release(state);
  }
  g_asking.store(false);
  return nullptr;
}

/// A thread that wants the GIL, by which the main one hears what it was asked before it lends it.
void* want_gil(void*) {
  if (attach_own_thread() != nullptr) PyGILState_Release(PyGILState_Ensure());
  g_asking.store(false);
  return nullptr;
}

/// Whether the main thread used next to nothing of the CPU since the last tick that asked, and
/// wants none.
bool main_waits() noexcept {
  constexpr std::uint64_t kNextToNothingNs = 500'000;
  const Thread* main = known_threads();
  while (main != nullptr && !(main->is_main && main->runs.load(std::memory_order_acquire)))
    main = main->next_known;
  const std::uint64_t now_ns = main == nullptr ? 0 : cpu_ns_of(*main);
  const std::uint64_t before_ns = g_state.main_cpu_ns;
  g_state.main_cpu_ns = now_ns;
  return before_ns != 0 && now_ns - before_ns < kNextToNothingNs && is_asleep(g_state.owner, true);
}

/// By the ticker, of whose signals the thread gets none either.
void start_asking(void* (*work)(void*)) noexcept {
  if (g_asking.exchange(true)) return;
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, kAskerStackBytes);
  ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  if (::pthread_create(&thread, &attributes, work, nullptr) != 0) g_asking.store(false);
  ::pthread_attr_destroy(&attributes);
}

/// By the ticker.
void make_due() noexcept {
  if (g_due.exchange(true) || g_run_later == nullptr) return;
  g_run_later(take_later);
  if (!kHearsOthers) start_asking(want_gil);
}

/// With the GIL held, which is lent meanwhile. An interpreter must not end before that.
void await_asking() noexcept {
  constexpr useconds_t kMomentUs = 200;
  while (g_asking.load()) {
    Py_BEGIN_ALLOW_THREADS;
    ::usleep(kMomentUs);
    Py_END_ALLOW_THREADS;
  }
}

bool is_writing(std::uint64_t now_ms) noexcept {
  return g_state.child != 0 && now_ms >= g_state.begins_ms;
}

/// Watches for the next peak that is worth a snapshot; returns its bytes.
double watch_peak(bool rests) noexcept {
  const double least = std::max(g_state.highest_bytes * (rests ? kMuchHigher : kHigher),
                                g_state.highest_bytes + kLeastRiseBytes);
  g_recorder.watched_peak_bytes.store(static_cast<std::int64_t>(least));
  return least;
}

/// A peak is no longer as high as it was when it was looked at.
void forget_untouched() noexcept {
  const auto bytes = static_cast<double>(g_recorder.untouched_since_snapshot_bytes.exchange(0));
  g_state.highest_bytes = std::max(0.0, g_state.highest_bytes - bytes);
  g_state.written_bytes = std::max(0.0, g_state.written_bytes - bytes);
  g_state.next_bytes = std::max(0.0, g_state.next_bytes - bytes);
}

/// Takes what a fork cost from what it may; returns how long to rest then.
std::uint64_t rest_after(std::uint64_t cost_ns, std::uint64_t now_ms) noexcept {
  const auto earned_ns =
      static_cast<std::int64_t>(now_ms - g_state.credit_ms) * 1'000'000 / kRestForOneFork;
  g_state.credit_ns =
      std::min(g_state.credit_ns + earned_ns, kMostCreditNs) - static_cast<std::int64_t>(cost_ns);
  g_state.credit_ms = now_ms;
  return g_state.credit_ns >= 0
             ? 0
             : static_cast<std::uint64_t>(-g_state.credit_ns) / 1'000'000 * kRestForOneFork;
}

/// One that waits to be written while the heap is higher than what it shows. It has no file yet.
void drop_next() noexcept {
  if (g_state.next_child == 0) return;
  ::kill(g_state.next_child, SIGKILL);
  while (::waitpid(g_state.next_child, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  g_state.next_child = 0;
}

/// A snapshot that is being written, or waits to be, while the heap is higher than what it shows.
void drop_unfinished() noexcept {
  drop_next();
  if (g_state.child == 0) return;
  ::kill(g_state.child, SIGKILL);
  reap(true);
}

/// For a peak, drops what shows less of it. What is being written stays where the peak is not much
/// higher: then the one of this peak follows it (true).
bool make_way(double heap_bytes, std::uint64_t due_ms) noexcept {
  const bool writes = is_writing(due_ms);
  if (writes && heap_bytes < g_state.written_bytes * kMuchHigher) {
    drop_next();
    g_state.next_bytes = heap_bytes;
    if (g_state.next_patience.make()) return true;
  }
  if (g_state.child == 0 || writes) g_state.waited_ms = due_ms;
  g_state.begins_ms = std::min(due_ms + kPatienceMs, g_state.waited_ms + kMostPatienceMs);
  drop_unfinished();
  g_state.written_bytes = heap_bytes;
  return false;
}

}  // namespace

bool set_trigger(Trigger trigger, std::uint64_t interval_ms, const char* stem, const char* metadata,
                 std::uint64_t metadata_bytes, bool with_values) noexcept {
  if (std::strlen(stem) >= kLongestStem) return false;
  if (g_state.owner != ::getpid()) {
    ::pthread_mutex_init(&g_lock, nullptr);  // the parent's may have been held at the fork
    g_state.child = g_state.next_child = 0;  // nor are its children ours
    g_state.patience.drop();
    g_state.next_patience.drop();
    g_asking.store(false);
  }
  {
    Locked locked;  // so that the ticker asks no more
    g_state.trigger = Trigger::kOff;
    g_due.store(false);
  }
  await_asking();
  Locked locked;
  g_state.patience.hurry();
  reap(true);
  g_state.patience.drop();
  g_state.next_patience.drop();
  g_recorder.watched_peak_bytes.store(Recorder::kUnwatched);
  unmap_pages(g_state.metadata, round_up(g_state.metadata_bytes, kPageBytes));
  g_state = State{};
  g_state.owner = ::getpid();
  if (trigger == Trigger::kOff) return true;
  g_state.metadata = static_cast<char*>(map_pages(round_up(metadata_bytes + 1, kPageBytes)));
  if (g_state.metadata == nullptr) return false;
  std::memcpy(g_state.metadata, metadata, metadata_bytes);
  g_state.metadata_bytes = metadata_bytes;
  std::strcpy(g_state.stem, stem);
  g_state.interval_ms = interval_ms;
  g_state.next_ms = elapsed_ms() + interval_ms;
  g_state.with_values = with_values;
  if (trigger == Trigger::kPeak) g_state.patience.make();
  g_state.trigger = trigger;
  g_recorder.on_watched_peak = make_due_here;
  return true;
}

void tick_trigger(std::uint64_t now_ms, double heap_bytes) noexcept {
  if (g_state.owner != ::getpid()) return;
  Locked locked;
  if (g_state.trigger == Trigger::kOff) return;
  reap(false);
  forget_untouched();
  if (g_due.load()) {
    if (main_waits()) start_asking(ask_for_gil);
    return;
  }
  g_state.main_cpu_ns = 0;
  const bool rests = now_ms < g_state.next_ms;
  if (g_state.trigger == Trigger::kEvery) {
    if (!rests && g_state.child == 0) make_due();
    return;
  }
  if (heap_bytes < watch_peak(rests)) return;
  make_due();
}

void take_due_snapshot() noexcept {
  if (!g_due.load(std::memory_order_relaxed) || g_state.owner != ::getpid()) return;
  Locked locked;
  if (!g_due.exchange(false) || g_state.trigger == Trigger::kOff) return;
  const std::uint64_t due_ms = elapsed_ms();
  bool follows = false;
  if (g_state.trigger == Trigger::kPeak) {
    const double heap_bytes = g_recorder.in_use_bytes();
    if (heap_bytes < g_state.highest_bytes) return;  // it has gone again
    follows = make_way(heap_bytes, due_ms);
  } else if (g_state.child != 0) {
    return;
  }
  ++g_state.number;
  path_of(g_state.number, g_state.child_path);
  SnapshotRequest request{g_state.child_path, g_state.metadata, g_state.metadata_bytes, false,
                          g_state.with_values};
  request.follows = follows;
  if (follows) {
    request.patience = &g_state.next_patience;
    request.wait_ms = ~std::uint64_t{0};
  } else if (g_state.trigger == Trigger::kPeak) {
    request.patience = &g_state.patience;
    request.wait_ms = std::max(g_state.begins_ms, due_ms) - due_ms;
  }
  // What it costs, not how long it takes: on a busy machine a fork waits for a core, and a rest for
  // that would have the peak go by.
  const std::uint64_t begun_ns = own_cpu_ns();
  const pid_t child = fork_snapshot(request);
  const std::uint64_t now_ms = elapsed_ms();
  const std::uint64_t rest_ms = rest_after(own_cpu_ns() - begun_ns, now_ms);
  if (g_state.trigger == Trigger::kEvery) {
    g_state.next_ms += g_state.interval_ms;
    g_state.next_ms = std::max(g_state.next_ms, now_ms + rest_ms);
  } else {
    g_state.highest_bytes = g_recorder.in_use_bytes();  // pools were looked at
    g_state.next_ms = now_ms + rest_ms;
    watch_peak(true);  // until the next tick
  }
  if (child > 0) (follows ? g_state.next_child : g_state.child) = child;
}

void take_last_peak() noexcept {
  if (g_state.owner != ::getpid()) return;
  {
    Locked locked;
    if (g_state.trigger != Trigger::kPeak) return;
    if (g_recorder.in_use_bytes() >= watch_peak(false)) {
      drop_unfinished();  // nobody waits for two
      g_due.store(true);
    }
  }
  take_due_snapshot();
}

}  // namespace heapwise::cpython
