// CPU and wall time of all threads, sampled at each tick on the tree of stacks.
//
// A thread's CPU clock tells exactly how much time passed since the last look; where the thread is
// found then is what it is charged to. Stacks of running threads are read through the kernel
// (process_vm_readv on ourselves), so that a frame that goes away under the reader is an error, not
// a crash: no thread is stopped, no signal is sent, no interpreter lock is taken.
#pragma once

#include <cstdint>

#include "capture/recorder.hpp"

namespace heapwise {

struct RawFrame {
  std::uintptr_t code;     ///< address of the code object
  std::uint32_t position;  ///< as in nodes
};

/// A stack as the sampler found it, innermost first.
struct StackReading {
  std::uintptr_t thread = 0;  ///< whose stack is wanted: pthread_self() there
  static constexpr unsigned kMostFrames = 1024;
  unsigned count = 0;
  bool deeper = false;  ///< there were more frames
  /// When asyncio's loop steps a task: the block of its coroutine, and how many frames are the
  /// task's own. 0 otherwise.
  std::uintptr_t task_block = 0;
  unsigned task_count = 0;
  /// Where exactly the thread stood: its frame, the instruction, the frame's locals and stack. The
  /// instruction alone does not tell whether the thread moves: newer interpreters keep it in a
  /// register, and store it only before what may raise.
  static constexpr unsigned kPlaceWords = 66;
  std::uint64_t place[kPlaceWords];
  RawFrame frames[kMostFrames];
};

/// What the interpreter's folder lends; nullptr where stacks cannot be read so.
extern bool (*g_read_stack)(const void* state, StackReading& reading) noexcept;
/// Whether a thread no longer stands where a reading found it.
extern bool (*g_has_moved)(const void* state, const StackReading& reading) noexcept;
/// The id of a code object that may die meanwhile. In the recorder's section.
/// `is_known` says whether the recorder will be told of its death.
extern CodeId (*g_code_at)(Recorder& recorder, std::uintptr_t address, bool* is_known) noexcept;

/// Looks at all threads; returns where the main thread is. Caller holds the sessions lock.
NodeId sample_threads() noexcept;

/// Charges what threads used since they were looked at last to where they were found then. Caller
/// holds the sessions lock.
void finish_cpu_samples() noexcept;

/// Clears what was sampled. Caller holds the sessions lock, or no ticker runs.
void forget_cpu_samples() noexcept;

[[nodiscard]] std::uint32_t cpu_rows_count() noexcept;
[[nodiscard]] const CpuRow& cpu_row(std::uint32_t index) noexcept;

}  // namespace heapwise
