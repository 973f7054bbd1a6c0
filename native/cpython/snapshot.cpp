// A snapshot into a file, by a forked child or in place.
//
// The fork is the bare system call: no handlers run, no lock of malloc is taken. The child runs no
// Python and no malloc, writes, and leaves; it is no child that the program's wait() would see, and
// its end sends no signal.
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "base/directory.hpp"
#include "capture/hooks.hpp"
#include "capture/mappings.hpp"
#include "capture/pools.hpp"
#include "capture/session.hpp"
#include "container/column_writer.hpp"
#include "cpython/allocator_report.hpp"
#include "cpython/heap_walk.hpp"
#include "cpython/object_layout.hpp"
#include "cpython/object_contents.hpp"
#include "cpython/snapshot.hpp"
#include "cpython/snapshot_tables.hpp"
#include "graph/dominators.hpp"

namespace heapwise::cpython {

namespace {

constexpr int kNoMemoryStatus = 101;
constexpr unsigned kLongestWalkS = 900;
constexpr std::size_t kLongestPath = 4096;

/// Where a file grows until it is whole; false when its name is too long.
bool temporary_path(const char* path, char (&temporary)[kLongestPath]) noexcept {
  return std::snprintf(temporary, sizeof temporary, "%s.tmp", path) <
         static_cast<int>(sizeof temporary);
}

constexpr unsigned kMostSegments = 4096;
Segment g_segments[kMostSegments];  // guarded by the GIL
unsigned g_segments_count = 0;

/// What a walk took.
struct Walked {
  std::uint64_t objects_count = 0;
  std::uint64_t edges_count = 0;
  std::uint64_t shallow_bytes = 0;
  std::uint64_t native_count = 0;
  std::uint64_t garbage_count = 0;
  std::uint64_t grown_tables_bytes = 0;
  std::uint64_t walk_ns = 0;
  std::uint64_t contents_ns = 0;
  std::uint64_t dominators_ns = 0;
  std::uint64_t before_bytes = 0;  ///< anonymous memory of who walks, before the walk
  std::uint64_t walk_bytes = 0;    ///< what the walk alone took of it
  std::uint64_t most_bytes = 0;    ///< the most that all of it took
};

/// Anonymous memory of this process that is in RAM, in bytes; 0 when it is not told.
std::uint64_t anonymous_bytes() noexcept {
  const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[4096];
  const ssize_t got = ::read(file, text, sizeof text - 1);
  ::close(file);
  text[got < 0 ? 0 : got] = '\0';
  const char* found = std::strstr(text, "RssAnon:");
  if (found == nullptr) return 0;
  std::uint64_t kib = 0;
  for (const char* at = found + 8; *at != '\0' && *at != '\n'; ++at)
    if (*at >= '0' && *at <= '9') kib = kib * 10 + static_cast<std::uint64_t>(*at - '0');
  return kib * 1024;
}

/// By who walks, at moments when much is held.
void note_memory(Walked& walked) noexcept {
  const std::uint64_t now = anonymous_bytes();
  const std::uint64_t taken = now > walked.before_bytes ? now - walked.before_bytes : 0;
  if (taken > walked.most_bytes) walked.most_bytes = taken;
}

/// How many descriptors are open, without the one that looks; 0 when that is not told.
std::uint64_t count_descriptors() noexcept {
  const std::uint64_t count = count_entries("/proc/self/fd");
  return count == 0 ? 0 : count - 1;
}

/// What is known before the walk, and how the process looked.
struct Taken {
  WalkInput input;
  const AllocatorReport& report;
  pid_t process;
  std::uint64_t at_ns;
  std::uint64_t rss_bytes;
  std::uint64_t descriptors_count = 0;
};

void write_summary(ColumnWriter& writer, const Walked& walked, const Taken& taken) noexcept {
  const AllocatorReport& report = taken.report;
  const auto u8 = [&](const char* name, std::uint64_t value) {
    writer.scalar("summary", name, "u8", value);
  };
  const bool recording = g_recorder.mode.load(std::memory_order_relaxed) != Mode::kOff;
  const double heap_bytes = recording ? g_recorder.in_use_bytes() : 0;
  u8("objects_count", walked.objects_count);
  u8("edges_count", walked.edges_count);
  u8("shallow_bytes", walked.shallow_bytes);
  u8("native_count", walked.native_count);
  u8("garbage_count", walked.garbage_count);
  u8("collector_disabled", taken.input.collector_disabled ? 1 : 0);
  u8("first_threshold", static_cast<std::uint64_t>(taken.input.thresholds[0]));
  u8("second_threshold", static_cast<std::uint64_t>(taken.input.thresholds[1]));
  u8("third_threshold", static_cast<std::uint64_t>(taken.input.thresholds[2]));
  u8("grown_tables_bytes", walked.grown_tables_bytes);
  u8("rss_bytes", taken.rss_bytes);
  u8("heap_bytes", static_cast<std::uint64_t>(heap_bytes < 0 ? 0 : heap_bytes));
  u8("descriptors_count", taken.descriptors_count);
  u8("own_bytes", g_recorder.ledger.used_bytes() + g_recorder.stacks.used_bytes());
  u8("walk_ns", walked.walk_ns);
  u8("contents_ns", walked.contents_ns);
  u8("dominators_ns", walked.dominators_ns);
  u8("walk_bytes", walked.walk_bytes);
  u8("most_bytes", walked.most_bytes);
  u8("taken_ns", taken.at_ns);
  // Which snapshots can tell by birth what is new: those of one recorder.
  u8("recorder_started_ns", recording ? clock_start_ns() : 0);
  u8("recorder_sampled", g_recorder.mode.load(std::memory_order_relaxed) == Mode::kSampled);
  u8("period", g_recorder.ledger.periods_count());
  if (report.has_malloc) {
    u8("malloc_arena_bytes", report.malloc_arena_bytes);
    u8("malloc_mapped_bytes", report.malloc_mapped_bytes);
    u8("malloc_used_bytes", report.malloc_used_bytes);
    u8("malloc_free_bytes", report.malloc_free_bytes);
  }
  writer.begin_column("allocators", "text", "u1");
  writer.put(report.text, report.text_bytes);
  writer.end_column();
}

/// The walk, and all that is found on the way.
bool walk(const Taken& taken, bool in_place, HeapGraph& graph, Walked& walked) noexcept {
  walked.before_bytes = anonymous_bytes();
  WalkInput input = taken.input;
  input.walked = [](void* argument) noexcept { note_memory(*static_cast<Walked*>(argument)); };
  input.walked_argument = &walked;
  const std::uint64_t begun_ns = monotonic_ns();
  if (!walk_heap(input, graph)) return false;
  const std::uint64_t walked_ns = monotonic_ns();
  walked.walk_bytes = walked.most_bytes;
  // In place the program would stand still for it.
  if (!in_place && !compare_contents(taken.input, graph)) return false;
  walked.walk_ns = walked_ns - begun_ns;
  walked.contents_ns = monotonic_ns() - walked_ns;
  walked.objects_count = graph.nodes_count();
  graph.for_each_row(
      [&](std::uint32_t, const HeapGraph::Row& row) { walked.edges_count += row.end - row.first; });
  walked.native_count = graph.native_count;
  walked.garbage_count = graph.garbage_count;
  walked.grown_tables_bytes = graph.grown_tables_bytes;
  return !graph.out_of_memory;
}

/// Dominators and retained sizes, written as they are known. What has been written before and is
/// not needed for them is given back, so that they need no more room than the walk.
bool write_dominators(ColumnWriter& writer, HeapGraph& graph, Walked& walked) noexcept {
  const std::uint64_t begun_ns = monotonic_ns();
  const std::uint32_t count = graph.nodes_count();
  Growing<std::uint32_t> dominator;
  Growing<std::uint64_t> retained;
  struct Rows {
    HeapGraph& graph;
    Walked& walked;
    Growing<std::uint32_t> first;
    Growing<std::uint32_t> counts;
  } rows{graph, walked, {}, {}};
  if (!rows.first.make(count) || !rows.counts.make(count) || !retained.make(count) ||
      !dominator.make(count))
    return false;
  graph.for_each_row([&](std::uint32_t v, const HeapGraph::Row& row) {
    rows.first[v] = static_cast<std::uint32_t>(row.first);
    rows.counts[v] = static_cast<std::uint32_t>(row.end - row.first);
    walked.shallow_bytes += retained[v] = graph.size_bytes(v);
  });
  graph.release_nodes();
  const GraphView view{count, rows.first.data(), rows.counts.data(), graph.edge_target.data(),
                       graph.edge_kind.data()};
  const auto done = [](void* argument) {
    auto* given = static_cast<Rows*>(argument);
    note_memory(given->walked);
    given->graph.release_rows();
    given->first.release();
    given->counts.release();
  };
  if (!dominate(view, &dominator[0], &retained[0], done, &rows)) return false;
  note_memory(walked);
  walked.dominators_ns = monotonic_ns() - begun_ns;
  write_array(writer, "nodes", "dominator", "u4", dominator);
  write_array(writer, "nodes", "retained_bytes", "u8", retained);
  return true;
}

/// Walks and writes; 0 or an errno.
int walk_and_write(const Taken& taken, const SnapshotRequest& request) noexcept {
  static ColumnWriter writer;  // guarded by the GIL, or alone in a child
  char temporary[kLongestPath];
  if (!temporary_path(request.path, temporary)) return ENAMETOOLONG;
  Walked walked;
  HeapGraph graph;
  Growing<Mapping> mappings;
  // Before the walk fills memory of its own.
  if (!read_mappings_at_fork(taken.process, graph.strings, mappings)) return ENOMEM;
  if (request.follows) {
    if (!request.patience->wait(request.wait_ms, taken.process)) return ECANCELED;
  } else if (request.patience != nullptr) {
    // Who looks for the file when the program has ended sees by this that one is on its way.
    const int file = ::open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (file >= 0) ::close(file);
    request.patience->wait(request.wait_ms, taken.process);
  }
  Births births;
  if (!walk(taken, request.in_place, graph, walked) || !find_births(graph, births)) return ENOMEM;
  note_memory(walked);
  if (!writer.open(temporary, kKindSnapshot)) return writer.error();
  writer.begin_column("meta", "json", "u1");
  writer.put(request.metadata, request.metadata_bytes);
  writer.end_column();
  write_graph(writer, graph, births);
  write_mappings(writer, mappings);
  write_held(writer);
  bool whole = write_sites(writer, births, graph.table_sites);
  births.site.release();
  births.period.release();
  whole = write_dominators(writer, graph, walked) && whole;
  write_summary(writer, walked, taken);
  int error = writer.finish() ? 0 : writer.error();
  if (!whole && error == 0) error = ENOMEM;
  if (error == 0 && ::rename(temporary, request.path) != 0) error = errno;
  if (error != 0) ::unlink(temporary);
  return error;
}

[[noreturn]] void leave(int status) noexcept {
  ::syscall(SYS_exit_group, status);
  __builtin_unreachable();
}

/// Whoever waits for the end of a pipe, for a lock or a port that the program has let go, must not
/// wait for the child, which has the same descriptors and needs none of them.
void close_descriptors() noexcept {
  constexpr unsigned kMostDescriptors = 1 << 16;
#if defined(SYS_close_range)
  if (::syscall(SYS_close_range, 0U, ~0U, 0U) == 0) return;
#endif
  for (unsigned i = 0; i < kMostDescriptors; ++i) ::close(static_cast<int>(i));
}

void set_signal(int number, void (*handler)(int)) noexcept {
  struct sigaction action{};
  action.sa_handler = handler;
  ::sigaction(number, &action, nullptr);
}

[[noreturn]] void in_child(Taken taken, const SnapshotRequest& request) noexcept {
  for (int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM})
    set_signal(number, SIG_DFL);
  // What ends the program ends no file that it has begun: a group is signalled as one.
  for (int number : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) set_signal(number, SIG_IGN);
  taken.descriptors_count = count_descriptors();
  close_descriptors();
  ::alarm(kLongestWalkS);  // whatever happens here, the program shall not wait for ever
  const int error = walk_and_write(taken, request);
  leave(error == 0 ? 0 : error == ENOMEM || error > 100 ? kNoMemoryStatus : error);
}

int take_segments(dl_phdr_info* info, std::size_t, void*) noexcept {
  for (int i = 0; i < info->dlpi_phnum && g_segments_count < kMostSegments; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_W) == 0) continue;
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    // What our own variables still name (of objects long gone) is held by nobody.
    const auto ours = reinterpret_cast<std::uintptr_t>(&g_segments_count);
    if (begin <= ours && ours < begin + header.p_memsz) continue;
    const bool named = info->dlpi_name != nullptr && info->dlpi_name[0] != '\0';
    g_segments[g_segments_count++] =
        Segment{(begin + 7) & ~std::uintptr_t{7}, begin + header.p_memsz,
                named ? info->dlpi_name : "python"};
  }
  return 0;
}

/// The names of a module that is loaded; nullptr when it is not. Borrowed.
PyObject* names_of(PyObject* modules, const char* name) noexcept {
  PyObject* module = modules == nullptr ? nullptr : PyDict_GetItemString(modules, name);
  return module == nullptr || !PyModule_Check(module) ? nullptr : PyModule_GetDict(module);
}

}  // namespace

WalkInput prepare_walk() noexcept {
  WalkInput input;
  bool never_collects = false;
  input.interpreter = PyInterpreterState_Get();
  input.modules = PyImport_GetModuleDict();
  input.builtins = PyEval_GetBuiltins();
  if (PyObject* collector = PyImport_ImportModule("gc")) {
    if (PyObject* thresholds = PyObject_CallMethod(collector, "get_threshold", nullptr)) {
      for (Py_ssize_t i = 0; i < 3 && i < PyTuple_Size(thresholds); ++i)
        input.thresholds[i] = static_cast<int>(PyLong_AsLong(PyTuple_GET_ITEM(thresholds, i)));
      never_collects = input.thresholds[0] == 0;  // gc.set_threshold(0), too, turns it off
      Py_DECREF(thresholds);
    }
    Py_DECREF(collector);
  }
  if (PyObject* names = names_of(input.modules, "numpy")) {
    PyObject* version = PyDict_GetItemString(names, "__version__");
    PyObject* array = PyDict_GetItemString(names, "ndarray");
    if (version != nullptr && PyUnicode_Check(version) && PyUnicode_GET_LENGTH(version) > 0 &&
        array != nullptr && PyType_Check(array)) {
      input.numpy_major = static_cast<int>(PyUnicode_READ_CHAR(version, 0)) - '0';
      input.array_type = reinterpret_cast<PyTypeObject*>(array);
    }
  }
  if (PyObject* names = names_of(input.modules, "_frozen_importlib")) {
    PyObject* loader = PyDict_GetItemString(names, "ModuleSpec");
    if (loader != nullptr && PyType_Check(loader))
      input.class_traverse = reinterpret_cast<PyTypeObject*>(loader)->tp_traverse;
  }
  if (PyObject* names = names_of(input.modules, "threading")) {
    PyObject* thread = PyDict_GetItemString(names, "Thread");
    if (thread != nullptr && PyType_Check(thread))
      input.thread_type = reinterpret_cast<PyTypeObject*>(thread);
  }
  PyErr_Clear();
  input.collector_disabled = PyGC_IsEnabled() == 0 || never_collects;
  g_segments_count = 0;
  ::dl_iterate_phdr(take_segments, nullptr);
  for (unsigned i = 0; i < WalkInput::kMostAreas && heapwise_free_list_areas[i][1] != 0; ++i) {
    const std::uintptr_t begin =
        reinterpret_cast<std::uintptr_t>(input.interpreter) + heapwise_free_list_areas[i][0];
    input.free_lists[input.free_lists_count++] =
        Area{begin & ~std::uintptr_t{7},
             (begin + heapwise_free_list_areas[i][1] + 7) & ~std::uintptr_t{7}};
  }
  input.segments = g_segments;
  input.segments_count = g_segments_count;
  return input;
}

namespace {

/// Whether the interpreter is ending: then its modules, its types and its lists go one by one.
bool is_ending() noexcept {
#if PY_VERSION_HEX >= 0x030D0000
  return Py_IsFinalizing() != 0;
#else
  return _Py_IsFinalizing() != 0;
#endif
}

/// What pools have in memory is known as of some ticks ago: the heap would seem as large as then.
void look_at_pools_now() noexcept {
  lock_sessions();
  look_at_pools(true);
  unlock_sessions();
}

/// Forks, or walks in place: the child's number, or 0 or a negative errno of what was done here.
pid_t begin_snapshot(const SnapshotRequest& request) noexcept {
  if (is_ending()) return -ESHUTDOWN;
  look_at_pools_now();
  static AllocatorReport report;  // guarded by the GIL
  Thread* self = current_thread();
  GuardScope guard(self);
  const std::uint64_t begun_ns = monotonic_ns();
  take_allocator_report(report);
  Taken taken{prepare_walk(), report, ::getpid(), begun_ns, read_rss_bytes()};
  taken.input.with_values = request.with_values;
  pid_t result = 0;
  if (request.in_place) {
    taken.descriptors_count = count_descriptors();
    result = -walk_and_write(taken, request);
  } else {
    // Nobody else may be in the recorder's tables when they are copied.
    const bool entered = self != nullptr && g_recorder.enter(*self);
#if defined(__aarch64__)
    result = static_cast<pid_t>(::syscall(SYS_clone, 0L, nullptr, nullptr, 0L, nullptr));
#else
    result = static_cast<pid_t>(::syscall(SYS_clone, 0L, nullptr, nullptr, nullptr, 0L));
#endif
    if (result < 0) result = -errno;
    if (result == 0) {
      // Another thread may have been waiting for the lock with one hand on it: here it is not.
      if (self != nullptr) g_recorder.lock.reset_after_fork(self->lock);
      in_child(taken, request);
    }
    if (entered) g_recorder.leave(*self);
  }
  if (self != nullptr && g_recorder.enter(*self)) {
    g_recorder.ledger.end_period();
    g_recorder.leave(*self);
  }
  return result;
}

}  // namespace

int await_snapshot(pid_t child, const char* path, bool wait) noexcept {
  int status = 0;
  pid_t got = 0;
  do {
    got = ::waitpid(child, &status, wait ? __WALL : __WALL | WNOHANG);
  } while (got < 0 && errno == EINTR);
  if (got == 0) return kStillWriting;
  if (got > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
  char temporary[kLongestPath];
  if (temporary_path(path, temporary)) ::unlink(temporary);
  if (got < 0) return ECHILD;
  if (!WIFEXITED(status)) return -1;
  return WEXITSTATUS(status) == kNoMemoryStatus ? ENOMEM : WEXITSTATUS(status);
}

pid_t fork_snapshot(const SnapshotRequest& request) noexcept { return begin_snapshot(request); }

int take_snapshot(const SnapshotRequest& request, std::uint64_t* stood_still_ns) noexcept {
  const std::uint64_t begun_ns = monotonic_ns();
  const pid_t child = begin_snapshot(request);
  *stood_still_ns = monotonic_ns() - begun_ns;
  if (child <= 0) return -child;
  int error = 0;
  Py_BEGIN_ALLOW_THREADS;
  error = await_snapshot(child, request.path, true);
  Py_END_ALLOW_THREADS;
  return error;
}

}  // namespace heapwise::cpython
