// The interpreter frame of CPython 3.14 (with the GIL). Source:
// Include/internal/pycore_interpframe_structs.h.
#pragma once

namespace heapwise::cpython {

struct Frame {
  std::uintptr_t executable;  // a tagged reference
  Frame* previous;
  std::uintptr_t func;
  PyObject* globals;
  PyObject* builtins;
  PyObject* locals;
  PyObject* frame_object;
  const std::uint16_t* instruction;  // instr_ptr: the instruction that runs
  std::uint64_t* stack_pointer;      // nullptr while the frame runs and has not spilled it
  std::uint16_t return_offset;
  char owner;
  std::uint8_t visited;
  std::uint64_t locals_and_stack[1];
};

inline Frame* current_frame(PyThreadState* state) noexcept {
  return reinterpret_cast<Frame*>(state->current_frame);
}
inline PyObject* executable_of(const Frame* frame) noexcept {
  return reinterpret_cast<PyObject*>(frame->executable & ~std::uintptr_t{3});
}
/// The interpreter's own frames: one for each entry into the eval loop.
inline bool is_shim(const Frame* frame) noexcept { return frame->owner >= 3; }
inline bool called_from_c(const Frame*) noexcept { return false; }
inline std::uint64_t* dead_slot(Frame* frame) noexcept { return frame->stack_pointer; }

}  // namespace heapwise::cpython
