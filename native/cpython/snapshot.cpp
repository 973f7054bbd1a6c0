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
/// Static types, what native code holds, garbage.
constexpr std::uint32_t kFirstGroupType = 3;
constexpr std::uint32_t kLastGroupType = 5;

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

/// 0 or an errno.
int write_graph(const char* path, const char* metadata, std::uint64_t metadata_bytes,
                HeapGraph& graph, std::uint64_t walk_ns) noexcept {
  static ColumnWriter writer;
  char temporary[4096 + 8];
  std::snprintf(temporary, sizeof temporary, "%s.tmp", path);
  if (!writer.open(temporary, kKindSnapshot)) return writer.error();
  const auto count = static_cast<std::uint32_t>(graph.address.size());
  Growing<std::uint32_t> dominator, in_edges;
  Growing<std::uint64_t> retained;
  std::uint64_t shallow_bytes = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!dominator.push(0) || !retained.push(0) || !in_edges.push(0)) return ENOMEM;
    shallow_bytes += graph.size_bytes[i];
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    // A group of ours refers to its members without holding them.
    if (graph.address[i] == 0 && graph.type[i] >= kFirstGroupType &&
        graph.type[i] <= kLastGroupType)
      continue;
    for (std::uint64_t e = graph.first_edge[i]; e < graph.first_edge[i] + graph.edges_count[i]; ++e)
      if (graph.edge_kind[e] != 1) ++in_edges[graph.edge_target[e]];
  }
  const GraphView view{count, graph.first_edge.data(), graph.edges_count.data(),
                       graph.edge_target.data(), graph.edge_kind.data()};
  const std::uint64_t before_ns = monotonic_ns();
  if (!dominate(view, graph.size_bytes.data(), &dominator[0], &retained[0])) return ENOMEM;
  writer.begin_column("meta", "json", "u1");
  writer.put(metadata, metadata_bytes);
  writer.end_column();
  writer.scalar("summary", "complete", "u8", std::uint64_t{1});
  writer.scalar("summary", "objects_count", "u8", std::uint64_t{count});
  writer.scalar("summary", "edges_count", "u8", graph.edge_target.size());
  writer.scalar("summary", "shallow_bytes", "u8", shallow_bytes);
  writer.scalar("summary", "native_count", "u8", graph.native_count);
  writer.scalar("summary", "garbage_count", "u8", graph.garbage_count);
  writer.scalar("summary", "rss_bytes", "u8", read_rss_bytes());
  writer.scalar("summary", "walk_ns", "u8", walk_ns);
  writer.scalar("summary", "dominators_ns", "u8", monotonic_ns() - before_ns);
  write_array(writer, "nodes", "address", "u8", graph.address);
  write_array(writer, "nodes", "type", "u4", graph.type);
  write_array(writer, "nodes", "size_bytes", "u8", graph.size_bytes);
  write_array(writer, "nodes", "foreign_bytes", "u8", graph.foreign_bytes);
  write_array(writer, "nodes", "refcount", "u4", graph.refcount);
  write_array(writer, "nodes", "in_edges", "u4", in_edges);
  write_array(writer, "nodes", "site", "u4", graph.site);
  write_array(writer, "nodes", "first_edge", "u8", graph.first_edge);
  write_array(writer, "nodes", "edges_count", "u4", graph.edges_count);
  write_array(writer, "nodes", "dominator", "u4", dominator);
  write_array(writer, "nodes", "retained_bytes", "u8", retained);
  write_array(writer, "edges", "target", "u4", graph.edge_target);
  write_array(writer, "edges", "name", "u4", graph.edge_name);
  write_array(writer, "edges", "kind", "u1", graph.edge_kind);
  writer.begin_column("types", "name", "u4");
  for (std::uint64_t i = 0; i < graph.types.size(); ++i) writer.put_value(graph.types[i].name);
  writer.end_column();
  writer.begin_column("types", "node", "u4");
  for (std::uint64_t i = 0; i < graph.types.size(); ++i) writer.put_value(graph.types[i].node);
  writer.end_column();
  writer.begin_column("labels", "node", "u4");
  for (std::uint64_t i = 0; i < graph.labels.size(); ++i) writer.put_value(graph.labels[i].node);
  writer.end_column();
  writer.begin_column("labels", "name", "u4");
  for (std::uint64_t i = 0; i < graph.labels.size(); ++i) writer.put_value(graph.labels[i].label);
  writer.end_column();
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
  int error = writer.finish() ? 0 : writer.error();
  if (error == 0 && ::rename(temporary, path) != 0) error = errno;
  if (error != 0) ::unlink(temporary);
  dominator.release();
  in_edges.release();
  retained.release();
  return error;
}

void release(HeapGraph& graph) noexcept {
  graph.address.release();
  graph.type.release();
  graph.size_bytes.release();
  graph.foreign_bytes.release();
  graph.refcount.release();
  graph.site.release();
  graph.first_edge.release();
  graph.edges_count.release();
  graph.edge_target.release();
  graph.edge_name.release();
  graph.edge_kind.release();
  graph.types.release();
  graph.labels.release();
}

/// Walks and writes; 0 or an errno.
int walk_and_write(const WalkInput& input, const char* path, const char* metadata,
                   std::uint64_t metadata_bytes) noexcept {
  alignas(HeapGraph) static unsigned char room[sizeof(HeapGraph)];
  auto* graph = new (static_cast<void*>(room)) HeapGraph;
  const std::uint64_t begun_ns = monotonic_ns();
  int error = ENOMEM;
  if (walk_heap(input, *graph))
    error = write_graph(path, metadata, metadata_bytes, *graph, monotonic_ns() - begun_ns);
  release(*graph);
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
  char temporary[4096 + 8];
  std::snprintf(temporary, sizeof temporary, "%s.tmp", path);
  ::unlink(temporary);
  if (!WIFEXITED(status)) return -1;
  return WEXITSTATUS(status) == kNoMemoryStatus ? ENOMEM : WEXITSTATUS(status);
}

}  // namespace heapwise::cpython
