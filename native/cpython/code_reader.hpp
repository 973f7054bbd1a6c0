// Hot path: calls no Python function, allocates nothing, throws nothing.
// Copies what reports need of a code object (names, first line, line table) when it is first met,
// by reading its fields; positions are turned into lines later, by the reader of the file.
#pragma once

#include "cpython/layout.hpp"

#include "capture/recorder.hpp"

namespace heapwise::cpython {

/// The code of asyncio's Handle._run, which runs each step of a task; nullptr before it was met.
extern const PyCodeObject* g_task_runner;

/// The id of a code object, made at first sight. In the recorder's section.
CodeId register_code(Recorder& recorder, PyCodeObject* code) noexcept;

/// The id of what a code object says of itself; the object is not remembered. In the section.
CodeId describe_code(Recorder& recorder, const PyCodeObject* code) noexcept;

inline CodeId code_id(Recorder& recorder, PyCodeObject* code) noexcept {
  const AddressKey key{reinterpret_cast<std::uintptr_t>(code)};
  if (const std::uint32_t* known = recorder.code_ids.find(key)) [[likely]]
    return *known - 1;
  return register_code(recorder, code);
}

}  // namespace heapwise::cpython
