// The interpreter frame of CPython 3.11. Source: Include/internal/pycore_frame.h.
#pragma once

namespace heapwise::cpython {

struct Frame {
  PyObject* func;
  PyObject* globals;
  PyObject* builtins;
  PyObject* locals;
  PyObject* executable;  // f_code
  PyObject* frame_object;
  Frame* previous;
  const std::uint16_t* instruction;  // prev_instr: the unit before the next instruction
  int stack_top;                     // -1 while the frame runs
  bool is_entry;                     // called from C
  char owner;
  std::uint64_t locals_and_stack[1];
};

inline Frame* current_frame(PyThreadState* state) noexcept {
  return state->cframe == nullptr ? nullptr
                                  : reinterpret_cast<Frame*>(state->cframe->current_frame);
}
inline PyObject* executable_of(const Frame* frame) noexcept { return frame->executable; }
inline bool is_shim(const Frame*) noexcept { return false; }
inline bool called_from_c(const Frame* frame) noexcept { return frame->is_entry; }
inline std::uint64_t* dead_slot(Frame* frame) noexcept {
  return frame->stack_top < 0 ? nullptr : frame->locals_and_stack + frame->stack_top;
}

}  // namespace heapwise::cpython
