// Hot path: calls no Python function, allocates nothing, throws nothing.
#include "cpython/code_reader.hpp"

#include <cstring>

#include "cpython/text.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::size_t kScratchBytes = StringTable::kLongestBytes;
// Guarded by the recorder's lock, as its only user runs inside it.
char g_scratch[kScratchBytes];

/// The line table with the first line before it, so that equal blobs mean equal lines.
StringId intern_linetable(Recorder& recorder, const PyCodeObject* code) noexcept {
  if (code->co_linetable == nullptr || !PyBytes_Check(code->co_linetable)) return 0;
  const std::int32_t first_line = code->co_firstlineno;
  std::memcpy(g_scratch, &first_line, 4);
  auto size = static_cast<std::size_t>(PyBytes_GET_SIZE(code->co_linetable));
  if (size > kScratchBytes - 4) size = kScratchBytes - 4;
  std::memcpy(g_scratch + 4, PyBytes_AS_STRING(code->co_linetable), size);
  return recorder.stacks.strings.intern(g_scratch, size + 4);
}

bool is_import_system(const PyCodeObject* code) noexcept {
  constexpr char kName[] = "<frozen importlib._bootstrap";
  PyObject* file = code->co_filename;
  return file != nullptr && PyUnicode_Check(file) && PyUnicode_IS_ASCII(file) &&
         PyUnicode_GET_LENGTH(file) >= static_cast<Py_ssize_t>(sizeof kName - 1) &&
         std::memcmp(PyUnicode_DATA(file), kName, sizeof kName - 1) == 0;
}

}  // namespace

CodeId describe_code(Recorder& recorder, const PyCodeObject* code) noexcept {
  // A shim's code has no traceable instruction (the one that CPython puts below __init__). The
  // import system's own frames are left out of tracebacks by CPython, and are left out here.
  if (code->_co_firsttraceable >= Py_SIZE(code) || is_import_system(code)) return kHiddenCode;
  const TripleKey key{
      intern_text(recorder.stacks.strings, code->co_filename, g_scratch, kScratchBytes),
      intern_text(recorder.stacks.strings, code->co_qualname, g_scratch, kScratchBytes),
      intern_linetable(recorder, code)};
  return recorder.stacks.code(key, code->co_firstlineno);
}

const PyCodeObject* g_task_runner = nullptr;

CodeId register_code(Recorder& recorder, PyCodeObject* code) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(code);
  if (is_text(code->co_qualname, "Handle._run") &&
      ends_with(code->co_filename, "asyncio/events.py"))
    g_task_runner = code;
  const CodeId id = describe_code(recorder, code);
  // The block of the code object tells us, by its flag, when this address is free for another one.
  if (recorder.ledger.mark_code(address)) {
    recorder.enter_filter(address);
    recorder.code_ids.insert(AddressKey{address}, id + 1);
  }
  return id;
}

}  // namespace heapwise::cpython
