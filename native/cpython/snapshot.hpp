// Taking snapshots of the heap: at once, or when a trigger says so.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "base/patience.hpp"

namespace heapwise::cpython {

struct SnapshotRequest {
  const char* path;
  const char* metadata;
  std::uint64_t metadata_bytes;
  bool in_place = false;
  bool with_values = false;
  const Patience* patience = nullptr;  ///< of the child, for so long
  std::uint64_t wait_ms = 0;
  bool follows = false;  ///< another child writes to the path: it waits until it is told to begin
};

/// Takes a snapshot into a file: in a forked child, or in place. 0, an errno, or -1 when the child
/// crashed. With the GIL held, which is given up while the child works.
int take_snapshot(const SnapshotRequest& request, std::uint64_t* stood_still_ns) noexcept;

/// Forks the child that writes a snapshot, and does not wait for it; a negative errno when it
/// cannot be forked. With the GIL held.
pid_t fork_snapshot(const SnapshotRequest& request) noexcept;

/// Waits for that child: 0, an errno, -1 when it crashed; kStillWriting when it writes and we shall
/// not wait.
inline constexpr int kStillWriting = -2;
int await_snapshot(pid_t child, const char* path, bool wait) noexcept;

/// When snapshots are taken while a program is being recorded.
enum class Trigger : std::uint8_t {
  kOff,
  kPeak,   ///< whenever the heap is a tenth higher than at the last one: one file, the last
  kEvery,  ///< one each interval, numbered; of very many, fewer and fewer are kept
};

/// Sets the trigger of this process, and waits for a snapshot that is being written. Files are
/// `stem.peak.snapshot.hw` or `stem.N.snapshot.hw`. False when a name is too long.
bool set_trigger(Trigger trigger, std::uint64_t interval_ms, const char* stem, const char* metadata,
                 std::uint64_t metadata_bytes, bool with_values) noexcept;

/// Looks whether a snapshot is due. By the ticker, without the GIL.
void tick_trigger(std::uint64_t now_ms, double heap_bytes) noexcept;

/// Before peaks are watched no more: takes one of a heap that is higher than the last one shows.
/// With the GIL held.
void take_last_peak() noexcept;

/// Takes a snapshot that is due. With the GIL held, wherever objects are in order.
void take_due_snapshot() noexcept;

}  // namespace heapwise::cpython
