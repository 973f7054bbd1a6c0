// A snapshot into a file, by a forked child or in place.
//
// The fork is the bare system call: no handlers run, no lock of malloc is taken. The child runs no
// Python and no malloc, writes, and leaves; it is no child that the program's wait() would see, and
// its end sends no signal.
#include <errno.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "container/column_writer.hpp"
#include "cpython/heap_walk.hpp"
#include "graph/dominators.hpp"

namespace heapwise::cpython {

namespace {

constexpr int kNoMemoryStatus = 101;
constexpr std::size_t kLongestPath = 4096;

/// Where a file grows until it is whole; false when its name is too long.
bool temporary_path(const char* path, char (&temporary)[kLongestPath]) noexcept {
  return std::snprintf(temporary, sizeof temporary, "%s.tmp", path) <
         static_cast<int>(sizeof temporary);
}

constexpr unsigned kMostSegments = 4096;
Segment g_segments[kMostSegments];  // guarded by the GIL
unsigned g_segments_count = 0;

template <class Value>
void write_array(ColumnWriter& writer, const char* table, const char* name, const char* type,
                 const Growing<Value>& values) noexcept {
  writer.begin_column(table, name, type);
  writer.put(values.data(), values.size() * sizeof(Value));
  writer.end_column();
}

/// One member of the rows of a table as a column.
template <class Row, class Value>
void write_member(ColumnWriter& writer, const char* table, const char* name,
                  const Growing<Row>& rows, Value Row::* member) noexcept {
  writer.begin_column(table, name, "u4");
  for (std::uint64_t i = 0; i < rows.size(); ++i) writer.put_value(rows[i].*member);
  writer.end_column();
}

void write_tables(ColumnWriter& writer, const HeapGraph& graph) noexcept {
  write_array(writer, "nodes", "address", "u8", graph.address);
  write_array(writer, "nodes", "type", "u4", graph.type);
  write_array(writer, "nodes", "size_bytes", "u8", graph.size_bytes);
  write_array(writer, "nodes", "foreign_bytes", "u8", graph.foreign_bytes);
  write_array(writer, "nodes", "refcount", "u4", graph.refcount);
  write_array(writer, "nodes", "in_edges", "u4", graph.in_edges);
  write_array(writer, "nodes", "site", "u4", graph.site);
  write_array(writer, "nodes", "first_edge", "u8", graph.first_edge);
  write_array(writer, "nodes", "edges_count", "u4", graph.edges_count);
  write_array(writer, "edges", "target", "u4", graph.edge_target);
  write_array(writer, "edges", "name", "u4", graph.edge_name);
  write_array(writer, "edges", "kind", "u1", graph.edge_kind);
  write_member(writer, "types", "name", graph.types, &TypeRow::name);
  write_member(writer, "types", "node", graph.types, &TypeRow::node);
  write_member(writer, "labels", "node", graph.labels, &LabelRow::node);
  write_member(writer, "labels", "name", graph.labels, &LabelRow::label);
  std::uint64_t end = 0;
  writer.begin_column("strings", "offsets", "u8");
  writer.put_value(end);
  for (std::uint32_t i = 0; i < graph.strings.size(); ++i)
    writer.put_value(end += graph.strings[i].size_bytes);
  writer.end_column();
  writer.begin_column("strings", "bytes", "u1");
  for (std::uint32_t i = 0; i < graph.strings.size(); ++i)
    writer.put(graph.strings[i].data, graph.strings[i].size_bytes);
  writer.end_column();
}

/// Walks and writes; 0 or an errno.
int walk_and_write(const WalkInput& input, const char* path, const char* metadata,
                   std::uint64_t metadata_bytes) noexcept {
  static ColumnWriter writer;  // guarded by the GIL, or alone in a child
  char temporary[kLongestPath];
  if (!temporary_path(path, temporary)) return ENAMETOOLONG;
  HeapGraph graph;
  const std::uint64_t begun_ns = monotonic_ns();
  if (!walk_heap(input, graph)) return ENOMEM;
  const std::uint64_t walked_ns = monotonic_ns();
  const auto count = static_cast<std::uint32_t>(graph.address.size());
  Growing<std::uint32_t> dominator;
  Growing<std::uint64_t> retained;
  const GraphView view{count, graph.first_edge.data(), graph.edges_count.data(),
                       graph.edge_target.data(), graph.edge_kind.data()};
  if (!dominator.make(count) || !retained.make(count) ||
      !dominate(view, graph.size_bytes.data(), &dominator[0], &retained[0]))
    return ENOMEM;
  const std::uint64_t dominated_ns = monotonic_ns();
  std::uint64_t shallow_bytes = 0;
  for (std::uint32_t i = 0; i < count; ++i) shallow_bytes += graph.size_bytes[i];
  if (!writer.open(temporary, kKindSnapshot)) return writer.error();
  writer.begin_column("meta", "json", "u1");
  writer.put(metadata, metadata_bytes);
  writer.end_column();
  const auto u8 = [&](const char* name, std::uint64_t value) {
    writer.scalar("summary", name, "u8", value);
  };
  u8("objects_count", count);
  u8("edges_count", graph.live_edges_count);
  u8("shallow_bytes", shallow_bytes);
  u8("native_count", graph.native_count);
  u8("garbage_count", graph.garbage_count);
  u8("rss_bytes", read_rss_bytes());
  u8("walk_ns", walked_ns - begun_ns);
  u8("dominators_ns", dominated_ns - walked_ns);
  write_tables(writer, graph);
  write_array(writer, "nodes", "dominator", "u4", dominator);
  write_array(writer, "nodes", "retained_bytes", "u8", retained);
  int error = writer.finish() ? 0 : writer.error();
  if (error == 0 && ::rename(temporary, path) != 0) error = errno;
  if (error != 0) ::unlink(temporary);
  return error;
}

[[noreturn]] void leave(int status) noexcept {
  ::syscall(SYS_exit_group, status);
  __builtin_unreachable();
}

[[noreturn]] void in_child(const WalkInput& input, const char* path, const char* metadata,
                           std::uint64_t metadata_bytes) noexcept {
  for (int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGINT}) {
    struct sigaction plain{};
    plain.sa_handler = SIG_DFL;
    ::sigaction(number, &plain, nullptr);
  }
  const int error = walk_and_write(input, path, metadata, metadata_bytes);
  leave(error == 0 ? 0 : error == ENOMEM || error > 100 ? kNoMemoryStatus : error);
}

int take_segments(dl_phdr_info* info, std::size_t, void*) noexcept {
  for (int i = 0; i < info->dlpi_phnum && g_segments_count < kMostSegments; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_W) == 0) continue;
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    const bool named = info->dlpi_name != nullptr && info->dlpi_name[0] != '\0';
    g_segments[g_segments_count++] =
        Segment{(begin + 7) & ~std::uintptr_t{7}, begin + header.p_memsz,
                named ? info->dlpi_name : "python"};
  }
  return 0;
}

}  // namespace

WalkInput prepare_walk() noexcept {
  WalkInput input;
  input.interpreter = PyInterpreterState_Get();
  input.modules = PyImport_GetModuleDict();
  input.builtins = PyEval_GetBuiltins();
  if (PyObject* collector = PyImport_ImportModule("gc")) {
    if (PyObject* thresholds = PyObject_CallMethod(collector, "get_threshold", nullptr)) {
      if (PyTuple_Check(thresholds) && PyTuple_GET_SIZE(thresholds) > 0)
        input.first_threshold = static_cast<int>(PyLong_AsLong(PyTuple_GET_ITEM(thresholds, 0)));
      Py_DECREF(thresholds);
    }
    Py_DECREF(collector);
  }
  PyObject* numpy =
      input.modules == nullptr ? nullptr : PyDict_GetItemString(input.modules, "numpy");
  if (numpy != nullptr && PyModule_Check(numpy)) {
    PyObject* names = PyModule_GetDict(numpy);
    PyObject* version = PyDict_GetItemString(names, "__version__");
    PyObject* array = PyDict_GetItemString(names, "ndarray");
    if (version != nullptr && PyUnicode_Check(version) && PyUnicode_GET_LENGTH(version) > 0 &&
        array != nullptr && PyType_Check(array)) {
      input.numpy_major = static_cast<int>(PyUnicode_READ_CHAR(version, 0)) - '0';
      input.array_type = reinterpret_cast<PyTypeObject*>(array);
    }
  }
  PyErr_Clear();
  g_segments_count = 0;
  ::dl_iterate_phdr(take_segments, nullptr);
  input.segments = g_segments;
  input.segments_count = g_segments_count;
  return input;
}

int take_snapshot(const char* path, const char* metadata, std::uint64_t metadata_bytes,
                  bool in_place, std::uint64_t* stood_still_ns) noexcept {
  Thread* self = current_thread();
  GuardScope guard(self);
  const WalkInput input = prepare_walk();
  read_rss_bytes();  // opens its file before the fork
  const std::uint64_t begun_ns = monotonic_ns();
  if (in_place) {
    const int error = walk_and_write(input, path, metadata, metadata_bytes);
    *stood_still_ns = monotonic_ns() - begun_ns;
    return error;
  }
  // Nobody else may be in the recorder's tables when they are copied.
  const bool entered = self != nullptr && g_recorder.enter(*self);
#if defined(__aarch64__)
  const long child = ::syscall(SYS_clone, 0L, nullptr, nullptr, 0L, nullptr);
#else
  const long child = ::syscall(SYS_clone, 0L, nullptr, nullptr, nullptr, 0L);
#endif
  if (child == 0) {
    if (entered) g_recorder.leave(*self);
    in_child(input, path, metadata, metadata_bytes);
  }
  const int clone_errno = errno;
  if (entered) g_recorder.leave(*self);
  *stood_still_ns = monotonic_ns() - begun_ns;
  if (child < 0) return clone_errno;
  int status = 0;
  Py_BEGIN_ALLOW_THREADS;
  while (::waitpid(static_cast<pid_t>(child), &status, __WALL) < 0 && errno == EINTR) {
  }
  Py_END_ALLOW_THREADS;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
  char temporary[kLongestPath];
  if (temporary_path(path, temporary)) ::unlink(temporary);
  if (!WIFEXITED(status)) return -1;
  return WEXITSTATUS(status) == kNoMemoryStatus ? ENOMEM : WEXITSTATUS(status);
}

}  // namespace heapwise::cpython
