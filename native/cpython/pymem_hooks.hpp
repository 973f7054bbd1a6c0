// The hooks on CPython's three allocator domains and on pymalloc's arenas.
#pragma once

#include "model/kinds.hpp"

namespace heapwise::cpython {

/// Wraps the allocators for a mode. Needs the GIL. Hooks stay once installed (they pass through
/// while another mode, or none, is on), because others may have wrapped them in turn.
void install_pymem_hooks(Mode mode) noexcept;

/// Bytes of arenas that pymalloc holds, as far as they were mapped since the hooks were installed.
long long arena_bytes() noexcept;

/// What the interpreter calls its allocator ("pymalloc", "malloc", "pymalloc_debug", ... or "").
const char* allocator_name() noexcept;

/// Calls a function while objects come from the allocator below our hooks, so that the interpreter
/// recognises its own. With the GIL held.
void call_unhooked(void (*function)(void*), void* context) noexcept;

}  // namespace heapwise::cpython
