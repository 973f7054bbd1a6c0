// No Python, no malloc, no exceptions.
// Children that C code forks: they go on in a file of their own, as those do that Python forks.
//
// Python's own forks are told by os.register_at_fork, which gives the child its file. A fork that
// only C knows of has nobody to do so: the child is *due*, and if the interpreter has not spoken
// for it by the time that it has run a while or ends, it makes its file itself, from what the
// parent left for that.
#pragma once

#include <cstdint>

namespace heapwise {

/// What children of this process shall write: files `stem.PID.hw`, with metadata as JSON text in
/// which the values of "pid", "parent_pid" (kPidWidth characters) and "started_at" are filled in.
/// An empty stem: nothing. 0 or an errno.
int expect_children(const char* stem, const char* metadata, std::uint64_t bytes) noexcept;

inline constexpr unsigned kPidWidth = 10;

/// This process has just been forked.
void child_is_due() noexcept;
/// Somebody has spoken for it.
void child_is_settled() noexcept;
[[nodiscard]] bool is_child_due() noexcept;

/// Goes on in a file of its own, if this child is due. Not with the sessions lock held.
void settle_due_child() noexcept;

}  // namespace heapwise
