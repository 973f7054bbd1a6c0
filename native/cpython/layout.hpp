// The one place where CPython versions part: each supported version has its frame layout in a file
// of its own, and all offer the same six names. Python.h is included here for the whole folder.
//
// A frame has a *dead slot* while it waits for an inlined Python-to-Python call: the stack slot
// that held the callable. The interpreter will write the call's result there and reads it never
// before.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <cstdint>

#ifdef Py_GIL_DISABLED
#error "Free-threaded builds of CPython are not supported yet."
#endif

#if PY_VERSION_HEX >= 0x030F0000
#error "This version of CPython is not known to Heapwise; supported are 3.11 to 3.14."
#elif PY_VERSION_HEX >= 0x030E0000
#include "cpython/layout_3_14.hpp"
#elif PY_VERSION_HEX >= 0x030D0000
#include "cpython/layout_3_13.hpp"
#elif PY_VERSION_HEX >= 0x030C0000
#include "cpython/layout_3_12.hpp"
#elif PY_VERSION_HEX >= 0x030B0000
#include "cpython/layout_3_11.hpp"
#else
#error "Heapwise needs CPython 3.11 or newer."
#endif

namespace heapwise::cpython {

inline const std::uint16_t* first_instruction(const PyCodeObject* code) noexcept {
  return reinterpret_cast<const std::uint16_t*>(code->co_code_adaptive);
}

/// The owner of frames that live in a generator or coroutine object.
inline constexpr char kOwnedByGenerator = 1;
extern "C" const std::size_t heapwise_generator_frame_offset;
extern "C" const std::size_t heapwise_generator_state_offset;

/// The block that holds a generator-owned frame, as the allocator gave it: before the object stand
/// the two words of the collector.
inline std::uintptr_t generator_block(const void* frame) noexcept {
  constexpr std::size_t kCollectorBytes = 16;
  return reinterpret_cast<std::uintptr_t>(frame) - heapwise_generator_frame_offset -
         kCollectorBytes;
}

/// The frame that lies in a frame object itself, as those of ended calls do; nullptr where it is on
/// the stack of a thread, or in a generator. Source: PyFrameObject (head, f_back, f_frame).
inline const Frame* frame_within(PyObject* frame_object) noexcept {
  constexpr std::uintptr_t kLargestHead = 512;
  const auto* frame = reinterpret_cast<const Frame* const*>(frame_object)[3];
  const auto begin = reinterpret_cast<std::uintptr_t>(frame_object);
  const auto at = reinterpret_cast<std::uintptr_t>(frame);
  return at > begin && at < begin + kLargestHead ? frame : nullptr;
}

/// The owner of frames that live on a thread's own frame stack (not in a generator).
inline constexpr char kOwnedByThread = 0;

/// The thread state of a caller that holds the GIL.
inline PyThreadState* attached_state() noexcept {
#if PY_VERSION_HEX >= 0x030D0000
  return PyThreadState_GetUnchecked();
#else
  return _PyThreadState_UncheckedGet();
#endif
}

/// The calling thread's own state, whether or not it holds the GIL; nullptr for a foreign thread.
/// Its frames change only by its own hand, so they may be read even without the GIL.
inline PyThreadState* own_state() noexcept {
#if PY_VERSION_HEX >= 0x030C0000
  // 3.12 and later keep the attached state in thread-local storage. On 3.11 it is one global, which
  // names whichever thread holds the GIL.
  if (PyThreadState* state = attached_state()) return state;
#endif
  return PyGILState_GetThisThreadState();
}

}  // namespace heapwise::cpython
