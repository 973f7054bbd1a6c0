// Native frames, as an option: which functions of an extension led to an allocation.
//
// Addresses are taken before the recorder's section is entered, since unwinding may lock; they get
// their names when the recording is written, since naming takes the loader's lock.
#pragma once

#include "capture/recorder.hpp"

namespace heapwise {

/// Finds an unwinder and makes it ready; false when there is none. Not in a hook: it may allocate.
bool prepare_unwinder() noexcept;

/// Takes the native frames of the calling thread between the hook and the interpreter: those of
/// extensions and libraries. Leaves them in `thread.native`.
[[gnu::noinline]] void take_native_frames(Thread& thread) noexcept;

/// The site of an allocation whose Python stack is `callers` and whose native frames were taken. In
/// the section.
SiteId native_frames_site(Recorder& recorder, Thread& thread, NodeId callers, Kind kind) noexcept;

/// Names all native frames that have no name yet. Outside the section; holds it for moments.
void name_native_frames(Thread& self) noexcept;

/// Any address within the interpreter's own object: its frames are shown as Python, not natively.
extern const void* g_interpreter_address;

}  // namespace heapwise
