// Stacks by the public frame API: slower, but right on any layout. Used when the self-test fails.
#include "cpython/walker.hpp"

namespace heapwise::cpython {

SiteId public_site(Recorder& recorder, Thread& thread, PyThreadState* state, Kind kind) noexcept {
  std::uint32_t count = 0;
  // Frame objects are made on the way; they must neither be recorded nor start a collection inside
  // somebody's allocation (before 3.12 any allocation of a container can).
  ++thread.guard;
  // Without the interpreter's lock (RAW allocations) nothing of it may be asked.
  const int collector_was_on = state == nullptr ? 0 : PyGC_Disable();
  PyFrameObject* frame = state == nullptr ? nullptr : PyThreadState_GetFrame(state);
  while (frame != nullptr && (count < thread.pending_room || grow_pending(thread))) {
    PyCodeObject* code = PyFrame_GetCode(frame);
    const int byte_offset = PyFrame_GetLasti(frame);
    if (recorder.enter(thread)) {
      const CodeId id = code_id(recorder, code);
      recorder.leave(thread);
      if (id != kHiddenCode)
        thread.pending[count++] = PendingFrame{
            id, byte_offset < 0 ? 0 : static_cast<std::uint32_t>(byte_offset) / 2, nullptr, 0};
    }
    PyFrameObject* back = PyFrame_GetBack(frame);
    Py_DECREF(code);
    Py_DECREF(frame);
    frame = back;
  }
  Py_XDECREF(frame);
  if (collector_was_on != 0) PyGC_Enable();
  --thread.guard;
  if (!recorder.enter(thread)) return 0;
  const SiteId site = site_of_pending(recorder, thread, count, thread.base, kind);
  recorder.leave(thread);
  return site;
}

}  // namespace heapwise::cpython
