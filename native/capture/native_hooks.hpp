// Hooks on the C library's allocators, put in place by rewriting the relocations of loaded objects.
#pragma once

#include "model/kinds.hpp"

namespace heapwise {

/// What patching did, for `heapwise doctor` and tests.
struct PatchReport {
  unsigned objects_count = 0;
  unsigned slots_count = 0;
};

/// Points the allocator slots of all loaded objects at the hooks of a mode. An object that is
/// loaded later is patched, with what it needs, when somebody first asks it for a symbol. Slots
/// stay patched.
void install_native_hooks(Mode mode) noexcept;

/// In the child of a fork: another thread may have been patching.
void reset_patch_lock_after_fork() noexcept;

[[nodiscard]] PatchReport patch_report() noexcept;

/// Called before _exit(2) ends this program, or execve(2) replaces it.
extern void (*g_before_exit)(bool replaced) noexcept;

}  // namespace heapwise
