// Hot path: calls no Python function, allocates nothing, throws nothing.
// Reading str objects in place: asking for their UTF-8 form by the API would allocate it inside
// them.
#pragma once

#include <cstring>

#include "cpython/layout.hpp"

#include "model/strings.hpp"

namespace heapwise::cpython {

inline std::size_t put_utf8(char* out, Py_UCS4 c) noexcept {
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

/// Interns a str by its UTF-8 bytes, cut at `room` of them; `scratch` has that room. 0 for what is
/// no str.
inline StringId intern_text(StringTable& strings, PyObject* text, char* scratch,
                            std::size_t room) noexcept {
  if (text == nullptr || !PyUnicode_Check(text) || !PyUnicode_IS_READY(text)) return 0;
  const auto length = static_cast<std::size_t>(PyUnicode_GET_LENGTH(text));
  const void* data = PyUnicode_DATA(text);
  if (PyUnicode_IS_ASCII(text))
    return strings.intern(static_cast<const char*>(data), length < room ? length : room);
  const int width = PyUnicode_KIND(text);
  std::size_t used = 0;
  for (std::size_t i = 0; i < length && used + 4 <= room; ++i)
    used += put_utf8(scratch + used, PyUnicode_READ(width, data, i));
  return strings.intern(scratch, used);
}

inline bool ends_with(PyObject* text, const char* tail) noexcept {
  const auto length = static_cast<Py_ssize_t>(std::strlen(tail));
  return text != nullptr && PyUnicode_Check(text) && PyUnicode_IS_ASCII(text) &&
         PyUnicode_GET_LENGTH(text) >= length &&
         std::memcmp(
             static_cast<const char*>(PyUnicode_DATA(text)) + (PyUnicode_GET_LENGTH(text) - length),
             tail, static_cast<std::size_t>(length)) == 0;
}

inline bool is_text(PyObject* text, const char* wanted) noexcept {
  return ends_with(text, wanted) &&
         PyUnicode_GET_LENGTH(text) == static_cast<Py_ssize_t>(std::strlen(wanted));
}

}  // namespace heapwise::cpython
