// Hooks on the C library's allocators, put in place by rewriting the relocations of loaded objects.
#pragma once

#include "model/kinds.hpp"

namespace heapwise {

/// What patching did, for `heapwise doctor` and tests.
struct PatchReport {
  unsigned objects_count = 0;
  unsigned slots_count = 0;
};

/// Points the allocator slots of all loaded objects at the hooks of a mode. Objects that are loaded
/// later are patched when somebody first asks for one of their symbols. Slots stay patched.
void install_native_hooks(Mode mode) noexcept;

/// Patches objects loaded since the last call; cheap when there are none.
void patch_new_objects() noexcept;

[[nodiscard]] PatchReport patch_report() noexcept;

/// Called before _exit(2) ends this process.
extern void (*g_before_exit)() noexcept;

}  // namespace heapwise
