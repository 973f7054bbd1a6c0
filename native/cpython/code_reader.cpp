// Hot path: calls no Python function, allocates nothing, throws nothing.
#include "cpython/code_reader.hpp"

#include <cstring>

namespace heapwise::cpython {

namespace {

constexpr std::size_t kScratchBytes = StringTable::kLongestBytes;
// Guarded by the recorder's lock, as its only user runs inside it.
char g_scratch[kScratchBytes];

std::size_t put_utf8(char* out, Py_UCS4 c) noexcept {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xc0 | (c >> 6));
    out[1] = static_cast<char>(0x80 | (c & 0x3f));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xe0 | (c >> 12));
    out[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out[2] = static_cast<char>(0x80 | (c & 0x3f));
    return 3;
  }
  out[0] = static_cast<char>(0xf0 | (c >> 18));
  out[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3f));
  out[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3f));
  out[3] = static_cast<char>(0x80 | (c & 0x3f));
  return 4;
}

/// Interns a str by its UTF-8 bytes. Reads the characters in place: asking for the UTF-8 form by
/// the API would allocate it inside the object.
StringId intern_text(Recorder& recorder, PyObject* text) noexcept {
  if (text == nullptr || !PyUnicode_Check(text)) return 0;
  const auto length = static_cast<std::size_t>(PyUnicode_GET_LENGTH(text));
  const void* data = PyUnicode_DATA(text);
  if (PyUnicode_IS_ASCII(text))
    return recorder.stacks.strings.intern(static_cast<const char*>(data), length);
  const int width = PyUnicode_KIND(text);
  std::size_t used = 0;
  for (std::size_t i = 0; i < length && used + 4 <= kScratchBytes; ++i)
    used += put_utf8(g_scratch + used, PyUnicode_READ(width, data, i));
  return recorder.stacks.strings.intern(g_scratch, used);
}

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

bool ends_with(PyObject* text, const char* tail) noexcept {
  const auto length = static_cast<Py_ssize_t>(std::strlen(tail));
  return text != nullptr && PyUnicode_Check(text) && PyUnicode_IS_ASCII(text) &&
         PyUnicode_GET_LENGTH(text) >= length &&
         std::memcmp(
             static_cast<const char*>(PyUnicode_DATA(text)) + (PyUnicode_GET_LENGTH(text) - length),
             tail, static_cast<std::size_t>(length)) == 0;
}

bool is_text(PyObject* text, const char* wanted) noexcept {
  return ends_with(text, wanted) &&
         PyUnicode_GET_LENGTH(text) == static_cast<Py_ssize_t>(std::strlen(wanted));
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
  const TripleKey key{intern_text(recorder, code->co_filename),
                      intern_text(recorder, code->co_qualname), intern_linetable(recorder, code)};
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
