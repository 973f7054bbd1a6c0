// Starting, stopping and forking: the life of the recorder in a process.
#pragma once

#include <cstdint>

#include "capture/recorder.hpp"

namespace heapwise {

/// Why a call failed. Non-negative results are scope numbers.
enum StartError : int {
  kNoMemory = -1,
  kTooManyScopes = -2,
  kNotWritable = -4,  ///< errno tells more
  kNoThread = -5,
};

struct StartOptions {
  Mode mode = Mode::kExact;
  double mean_bytes = 256 * 1024;
  const void* thread_state = nullptr;  ///< the interpreter's, of the calling thread
  bool native_stacks = false;
  const char* path = nullptr;  ///< nullptr: nothing is written
  const char* metadata = "";
  std::uint64_t metadata_bytes = 0;
  const char* cgroup_file = nullptr;  ///< memory.current of this process's control group
};

struct Usage {
  double in_use_bytes;
  double peak_bytes;
  double total_bytes;
  double total_count;
  std::uint64_t rss_bytes;
  std::uint64_t peak_rss_bytes;
  std::uint64_t duration_ms;
  std::uint64_t own_bytes;  ///< memory of the recorder's own tables that was used
  std::uint64_t own_ns;     ///< estimated time in hooks, and the ticker's CPU time
};

/// What is left to install before the first start, by whoever knows the interpreter.
extern void (*g_install_hooks)(Mode mode) noexcept;
/// Bytes of the interpreter's arenas, for the summary.
extern long long (*g_arena_bytes)() noexcept;

/// Runs a function once the interpreter is back in its loop; false when it cannot be arranged.
extern bool (*g_run_later)(int (*function)(void*)) noexcept;

/// Called at each tick, without the GIL.
extern void (*g_on_tick)(std::uint64_t now_ms, double heap_bytes) noexcept;

int start_scope(const StartOptions& options) noexcept;
/// Writes the recording and ends a scope. 0, or the errno of a failed write.
int stop_scope(int scope) noexcept;
/// Writes the recording as it stands now. 0, or the errno of a failed write.
int checkpoint_scope(int scope) noexcept;
/// Writes the figures of the whole process to a file besides. 0, or an errno.
int write_now(const char* path) noexcept;
Usage usage_of(int scope) noexcept;

/// In a forked child, once the interpreter runs again: go on, in a file of its own.
int continue_in_child(const char* path, const char* metadata, std::uint64_t bytes) noexcept;

/// Writes one recording. In checkpoint.cpp. `complete` marks the last write. To the scope's own
/// file, or to another one besides.
int write_recording(Scope& scope, bool complete, const char* besides = nullptr) noexcept;

/// The ticker: a thread that keeps the time axis and writes checkpoints. In ticker.cpp.
bool start_ticker(const char* cgroup_file) noexcept;
/// Ends the thread; false when it was not running.
bool stop_ticker() noexcept;
/// Goes on after stop_ticker, on the same time axis.
bool resume_ticker() noexcept;
void forget_ticker_after_fork() noexcept;
/// Held while a recording is written and while scopes change.
void lock_sessions() noexcept;
void unlock_sessions() noexcept;
std::uint64_t ticker_cpu_ns() noexcept;
Resident read_resident() noexcept;
inline std::uint64_t read_rss_bytes() noexcept { return read_resident().rss_bytes; }
/// Adds to the timeline what the heap is made of now. Caller holds the sessions lock.
void take_moment(std::uint64_t now_ms) noexcept;
/// After a fork: brings the ticker back if the interpreter has not done so. Needs the GIL.
void resume_ticker_if_due() noexcept;
/// Makes this moment the origin of the time axis.
void restart_clock() noexcept;
/// Milliseconds since the recorder started, exactly now.
std::uint64_t elapsed_ms() noexcept;

/// When that clock began, in nanoseconds of CLOCK_MONOTONIC: all processes of a machine share it.
std::uint64_t clock_start_ns() noexcept;

}  // namespace heapwise
