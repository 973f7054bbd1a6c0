// A C trace function for the lines of chosen code objects.
//
// Each run of a chosen function is an entry of its thread's stack: the line that runs, and what was
// in use when it began. The next event in the same frame ends that line: the difference is its own,
// whatever was called meanwhile. A run that is suspended (yield, await) is none while it is.
#include "cpython/line_tracer.hpp"

#include <frameobject.h>

#include <cstdlib>
#include <cstring>

#include "capture/hooks.hpp"
#include "capture/session.hpp"

namespace heapwise::cpython {

namespace {

struct Traced {
  PyObject* code;
  int first_line;
  int rows_count;
  LineRow* rows;
  Traced* next;
};

struct Running {
  const PyFrameObject* frame;
  Traced* traced;
  int line;  ///< 0 before the first
  std::int64_t before_bytes;
};

constexpr unsigned kBuckets = 256;
Traced* g_traced[kBuckets];  // guarded by the GIL

struct TraceThread {
  Running* runs = nullptr;
  unsigned count = 0;
  unsigned room = 0;
  unsigned depth = 0;
  LineUsage usage = LineUsage::kHeap;
  ~TraceThread() { std::free(runs); }
};
thread_local TraceThread t_trace;

unsigned bucket_of(const PyObject* code) noexcept {
  return (reinterpret_cast<std::uintptr_t>(code) >> 4) % kBuckets;
}

Traced* find(const PyObject* code) noexcept {
  for (Traced* at = g_traced[bucket_of(code)]; at != nullptr; at = at->next)
    if (at->code == code) return at;
  return nullptr;
}

bool resize(Traced& traced, int rows_count) noexcept {
  auto* rows = static_cast<LineRow*>(
      std::realloc(traced.rows, static_cast<std::size_t>(rows_count) * sizeof(LineRow)));
  if (rows == nullptr) return false;
  for (int i = traced.rows_count; i < rows_count; ++i) rows[i] = LineRow{};
  traced.rows = rows;
  traced.rows_count = rows_count;
  return true;
}

/// The line that ran has ended.
void charge(Running& run, std::int64_t now_bytes) noexcept {
  const int row = run.line - run.traced->first_line;
  if (run.line == 0 || row < 0) return;
  if (row >= run.traced->rows_count) {
    GuardScope guard(current_thread());
    if (!resize(*run.traced, row + 32)) return;
  }
  LineRow& line = run.traced->rows[row];
  if (line.runs_count == 0 || now_bytes > line.highest_bytes) line.highest_bytes = now_bytes;
  ++line.runs_count;
  line.changed_bytes += now_bytes - run.before_bytes;
}

bool push(TraceThread& trace, const PyFrameObject* frame, Traced* traced) noexcept {
  if (trace.count == trace.room) {
    GuardScope guard(current_thread());
    const unsigned room = trace.room == 0 ? 32 : trace.room * 2;
    auto* runs = static_cast<Running*>(std::realloc(trace.runs, room * sizeof(Running)));
    if (runs == nullptr) return false;
    trace.runs = runs;
    trace.room = room;
  }
  trace.runs[trace.count++] = Running{frame, traced, 0, 0};
  return true;
}

int on_event(PyObject*, PyFrameObject* frame, int what, PyObject*) noexcept {
  TraceThread& trace = t_trace;
  if (what == PyTrace_CALL) {
    PyCodeObject* code = PyFrame_GetCode(frame);
    Traced* traced = find(reinterpret_cast<PyObject*>(code));
    Py_DECREF(code);
    if (traced != nullptr) push(trace, frame, traced);
    return 0;
  }
  if (trace.count == 0 || trace.runs[trace.count - 1].frame != frame) return 0;
  Running& run = trace.runs[trace.count - 1];
  if (what == PyTrace_LINE) {
    const std::int64_t now = line_usage_bytes(trace.usage);
    charge(run, now);
    run.line = PyFrame_GetLineNumber(frame);
    run.before_bytes = now;
  } else if (what == PyTrace_RETURN) {
    charge(run, line_usage_bytes(trace.usage));
    --trace.count;
  }
  return 0;
}

}  // namespace

std::int64_t line_usage_bytes(LineUsage usage) noexcept {
  if (usage == LineUsage::kHeap) return static_cast<std::int64_t>(g_recorder.in_use_bytes());
  return static_cast<std::int64_t>(read_rss_bytes());
}

bool trace_code(PyObject* code) noexcept {
  if (find(code) != nullptr) return true;
  GuardScope guard(current_thread());
  auto* traced = static_cast<Traced*>(std::calloc(1, sizeof(Traced)));
  if (traced == nullptr) return false;
  traced->code = code;
  traced->first_line = reinterpret_cast<PyCodeObject*>(code)->co_firstlineno;
  if (!resize(*traced, 64)) {
    std::free(traced);
    return false;
  }
  Py_INCREF(code);
  traced->next = g_traced[bucket_of(code)];
  g_traced[bucket_of(code)] = traced;
  return true;
}

void begin_line_trace(LineUsage usage) noexcept {
  TraceThread& trace = t_trace;
  trace.usage = usage;
  if (trace.depth++ != 0) return;
  trace.count = 0;
  PyEval_SetTrace(on_event, nullptr);
}

void end_line_trace() noexcept {
  TraceThread& trace = t_trace;
  if (trace.depth == 0 || --trace.depth != 0) return;
  PyEval_SetTrace(nullptr, nullptr);
  trace.count = 0;
}

bool line_trace_runs() noexcept { return t_trace.depth != 0; }

const LineRow* line_rows(PyObject* code, int* first_line, int* rows_count) noexcept {
  const Traced* traced = find(code);
  if (traced == nullptr) return nullptr;
  *first_line = traced->first_line;
  *rows_count = traced->rows_count;
  return traced->rows;
}

void clear_line_rows(PyObject* code) noexcept {
  Traced* traced = find(code);
  for (int i = 0; traced != nullptr && i < traced->rows_count; ++i) traced->rows[i] = LineRow{};
}

}  // namespace heapwise::cpython
