// Does this interpreter lay out its frames as we were compiled to believe?
#include "cpython/self_test.hpp"

#include "cpython/walker.hpp"

namespace heapwise::cpython {

namespace {

bool is_hidden(const PyCodeObject* code) noexcept {
  return code->_co_firsttraceable >= Py_SIZE(code);
}

/// The next frame that the public API would show, too.
const Frame* next_shown(const Frame* frame) noexcept {
  while (frame != nullptr) {
    if (!is_shim(frame)) {
      const PyCodeObject* code = code_of(frame);
      if (code != nullptr && !is_hidden(code)) return frame;
    }
    frame = frame->previous;
  }
  return nullptr;
}

}  // namespace

const char* frame_self_test() noexcept {
  PyThreadState* state = attached_state();
  if (state == nullptr) return "no thread state is attached";
  if (state != PyThreadState_Get()) return "the attached thread state is another one";
  PyFrameObject* shown = PyThreadState_GetFrame(state);
  const Frame* frame = next_shown(current_frame(state));
  const char* fault = nullptr;
  while (shown != nullptr && fault == nullptr) {
    if (frame == nullptr) {
      fault = "fewer frames than the frame API shows";
      break;
    }
    PyCodeObject* code = PyFrame_GetCode(shown);
    const int byte_offset = PyFrame_GetLasti(shown);
    if (code_of(frame) != code)
      fault = "a frame runs another code object";
    else if (byte_offset >= 0 &&
             position_of(frame, code) != static_cast<std::uint32_t>(byte_offset) / 2)
      fault = "a frame is at another instruction";
    Py_DECREF(code);
    PyFrameObject* back = PyFrame_GetBack(shown);
    Py_DECREF(shown);
    shown = back;
    frame = next_shown(frame->previous);
  }
  Py_XDECREF(shown);
  if (fault == nullptr && frame != nullptr) fault = "more frames than the frame API shows";
  return fault;
}

SiteId checked_walk(Recorder& recorder, Thread& thread, PyThreadState* state, Kind kind) noexcept {
  const SiteId full = walk<false>(recorder, thread, state, kind, nullptr);
  if (g_walk != Walk::kChecked) return full;
  ++g_checked_walks_count;
  g_walk = Walk::kMarked;  // by the very path that users take, its cache included
  if (find_site(recorder, thread, state, kind) != full) ++g_wrong_walks_count;
  g_walk = Walk::kChecked;
  return full;
}

}  // namespace heapwise::cpython
