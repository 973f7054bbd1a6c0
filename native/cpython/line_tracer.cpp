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
  LineSession session;
  LineUsage usage;
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

/// A session that traces in a thread, and the frame that it met first: of several sessions that
/// chose one function (calls in each other, tasks in turn), each has a run of its own.
struct Tracing {
  LineSession session;
  const PyFrameObject* frame;
};

struct TraceThread {
  static constexpr unsigned kMostSessions = 256;
  Running* runs = nullptr;
  unsigned count = 0;
  unsigned room = 0;
  Tracing sessions[kMostSessions];
  unsigned sessions_count = 0;
};

/// Thread-local storage of an extension is scarce: the record lies outside.
struct TraceThreadOwner {
  TraceThread* record = nullptr;
  ~TraceThreadOwner() {
    if (record != nullptr) std::free(record->runs);
    std::free(record);
  }
};
thread_local TraceThreadOwner t_trace;

TraceThread* trace_thread() noexcept {
  if (t_trace.record == nullptr) {
    GuardScope guard(current_thread());
    t_trace.record = static_cast<TraceThread*>(std::calloc(1, sizeof(TraceThread)));
  }
  return t_trace.record;
}

unsigned bucket_of(const PyObject* code) noexcept {
  return (reinterpret_cast<std::uintptr_t>(code) >> 4) % kBuckets;
}

Traced* find(LineSession session, const PyObject* code) noexcept {
  for (Traced* at = g_traced[bucket_of(code)]; at != nullptr; at = at->next)
    if (at->code == code && at->session == session) return at;
  return nullptr;
}

bool is_chosen(const PyObject* code) noexcept {
  for (const Traced* at = g_traced[bucket_of(code)]; at != nullptr; at = at->next)
    if (at->code == code) return true;
  return false;
}

/// The rows that a run of a code in this thread belongs to; nullptr when no session chose it.
Traced* find_for_run(TraceThread& trace, const PyFrameObject* frame,
                     const PyObject* code) noexcept {
  if (!is_chosen(code)) return nullptr;
  Traced* innermost = nullptr;
  Traced* unbound = nullptr;
  Tracing* unbound_session = nullptr;
  for (unsigned i = trace.sessions_count; i-- > 0;) {
    Tracing& tracing = trace.sessions[i];
    Traced* traced = find(tracing.session, code);
    if (traced == nullptr) continue;
    if (tracing.frame == frame) return traced;
    if (innermost == nullptr) innermost = traced;
    if (tracing.frame == nullptr && unbound == nullptr) {
      unbound = traced;
      unbound_session = &tracing;
    }
  }
  if (unbound == nullptr) return innermost;
  unbound_session->frame = frame;
  return unbound;
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
  if (t_trace.record == nullptr) return 0;
  TraceThread& trace = *t_trace.record;
  if (what == PyTrace_CALL) {
    PyCodeObject* code = PyFrame_GetCode(frame);
    Traced* traced = find_for_run(trace, frame, reinterpret_cast<PyObject*>(code));
    Py_DECREF(code);
    if (traced != nullptr) push(trace, frame, traced);
    return 0;
  }
  if (trace.count == 0 || trace.runs[trace.count - 1].frame != frame) return 0;
  Running& run = trace.runs[trace.count - 1];
  if (what == PyTrace_LINE) {
    const std::int64_t now = line_usage_bytes(run.traced->usage);
    charge(run, now);
    run.line = PyFrame_GetLineNumber(frame);
    run.before_bytes = now;
  } else if (what == PyTrace_RETURN) {
    charge(run, line_usage_bytes(run.traced->usage));
    --trace.count;
  }
  return 0;
}

}  // namespace

std::int64_t line_usage_bytes(LineUsage usage) noexcept {
  if (usage == LineUsage::kHeap) return static_cast<std::int64_t>(g_recorder.in_use_bytes());
  return static_cast<std::int64_t>(read_rss_bytes());
}

LineSession new_line_session() noexcept {
  static LineSession last = 0;
  return ++last;
}

void drop_line_session(LineSession session) noexcept {
  GuardScope guard(current_thread());
  for (Traced*& bucket : g_traced)
    for (Traced** at = &bucket; *at != nullptr;) {
      Traced* traced = *at;
      if (traced->session != session) {
        at = &traced->next;
        continue;
      }
      *at = traced->next;
      Py_DECREF(traced->code);
      std::free(traced->rows);
      std::free(traced);
    }
}

bool trace_code(LineSession session, PyObject* code, LineUsage usage) noexcept {
  if (find(session, code) != nullptr) return true;
  GuardScope guard(current_thread());
  auto* traced = static_cast<Traced*>(std::calloc(1, sizeof(Traced)));
  if (traced == nullptr) return false;
  traced->code = code;
  traced->session = session;
  traced->usage = usage;
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

void begin_line_trace(LineSession session) noexcept {
  TraceThread* record = trace_thread();
  if (record == nullptr || record->sessions_count == TraceThread::kMostSessions) return;
  TraceThread& trace = *record;
  trace.sessions[trace.sessions_count++] = Tracing{session, nullptr};
  if (trace.sessions_count != 1) return;
  trace.count = 0;
  PyEval_SetTrace(on_event, nullptr);
}

void end_line_trace(LineSession session) noexcept {
  if (t_trace.record == nullptr) return;
  TraceThread& trace = *t_trace.record;
  // Tasks end in any order: the session is not always the one that began last.
  for (unsigned i = trace.sessions_count; i-- > 0;)
    if (trace.sessions[i].session == session) {
      for (unsigned j = i; j + 1 < trace.sessions_count; ++j)
        trace.sessions[j] = trace.sessions[j + 1];
      --trace.sessions_count;
      break;
    }
  if (trace.sessions_count != 0) return;
  PyEval_SetTrace(nullptr, nullptr);
  trace.count = 0;
}

bool line_trace_runs() noexcept {
  return t_trace.record != nullptr && t_trace.record->sessions_count != 0;
}

const LineRow* line_rows(LineSession session, PyObject* code, int* first_line,
                         int* rows_count) noexcept {
  const Traced* traced = find(session, code);
  if (traced == nullptr) return nullptr;
  *first_line = traced->first_line;
  *rows_count = traced->rows_count;
  return traced->rows;
}

}  // namespace heapwise::cpython
