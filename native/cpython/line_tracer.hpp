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

/// Chooses a code object (a strong reference is kept). False when there is no memory.
bool trace_code(PyObject* code) noexcept;
/// Begins and ends tracing in the calling thread; calls nest.
void begin_line_trace(LineUsage usage) noexcept;
void end_line_trace() noexcept;
/// Whether the calling thread is tracing.
bool line_trace_runs() noexcept;
/// Rows of a chosen code, by line from its first one on; nullptr when it was not chosen.
const LineRow* line_rows(PyObject* code, int* first_line, int* rows_count) noexcept;
/// Forgets what the lines of a chosen code did.
void clear_line_rows(PyObject* code) noexcept;
/// In use now, as the tracer reads it.
std::int64_t line_usage_bytes(LineUsage usage) noexcept;

}  // namespace heapwise::cpython
