// Memory by line of chosen functions: what their every line changed, as it ran.
#pragma once

#include <cstdint>

#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// Where "memory in use" is read, at each line.
enum class LineUsage : std::uint8_t {
  kHeap,      ///< bytes in use as recorded: exact, and one load
  kResident,  ///< the resident set, from the kernel
};

/// What the lines of a code object did.
struct LineRow {
  std::uint64_t runs_count = 0;
  std::int64_t changed_bytes = 0;  ///< sum over all runs: after minus before, calls included
  std::int64_t highest_bytes = 0;  ///< in use after the line, the most of all runs
};

/// A session owns the rows of the codes that it chose; several may run in one thread at a time.
using LineSession = std::uint32_t;
LineSession new_line_session() noexcept;
/// Forgets a session and its rows.
void drop_line_session(LineSession session) noexcept;
/// Chooses a code object (a strong reference is kept). False when there is no memory.
bool trace_code(LineSession session, PyObject* code, LineUsage usage) noexcept;
/// Begins and ends a session's tracing in the calling thread.
void begin_line_trace(LineSession session) noexcept;
void end_line_trace(LineSession session) noexcept;
/// Whether the calling thread is tracing.
bool line_trace_runs() noexcept;
/// Rows of a chosen code, by line from its first one on; nullptr when it was not chosen.
const LineRow* line_rows(LineSession session, PyObject* code, int* first_line,
                         int* rows_count) noexcept;
/// In use now, as the tracer reads it.
std::int64_t line_usage_bytes(LineUsage usage) noexcept;

}  // namespace heapwise::cpython
