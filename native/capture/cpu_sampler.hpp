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
  static constexpr unsigned kMostFrames = 1024;
  unsigned count = 0;
  bool deeper = false;  ///< there were more frames
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
extern CodeId (*g_code_at)(Recorder& recorder, std::uintptr_t address) noexcept;

struct CpuRow {
  NodeId node;
  std::uint32_t samples_count;
  std::uint64_t cpu_ns;
  std::uint64_t wall_ns;
  /// Of cpu_ns, where it could be told whether the thread moved on, and where it did not: native.
  std::uint64_t told_ns;
  std::uint64_t native_ns;

  [[nodiscard]] std::uint64_t estimated_native_ns() const noexcept {
    const double share =
        told_ns == 0 ? 0 : static_cast<double>(native_ns) / static_cast<double>(told_ns);
    return static_cast<std::uint64_t>(share * static_cast<double>(cpu_ns));
  }
};

/// Looks at all threads; returns where the main thread is. Caller holds the sessions lock.
NodeId sample_threads() noexcept;

/// Clears what was sampled. Caller holds the sessions lock, or no ticker runs.
void forget_cpu_samples() noexcept;

[[nodiscard]] std::uint32_t cpu_rows_count() noexcept;
[[nodiscard]] const CpuRow& cpu_row(std::uint32_t index) noexcept;

}  // namespace heapwise
