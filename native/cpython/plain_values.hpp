// No malloc, no exceptions. What dates, times and decimal numbers say: objects without references
// that are made anew wherever a text is read.
#pragma once

#include <cstdint>

#include "cpython/layout.hpp"

namespace heapwise::cpython {

enum class PlainKind : std::uint8_t { kNone, kDate, kDatetime, kTime, kDelta, kDecimal };
PlainKind plain_kind_of(const PyTypeObject* type) noexcept;

/// Words that are the same for equal objects of a kind: of times in the same zone, of decimal
/// numbers with the same digits. count 0: too many.
struct PlainWords {
  static constexpr std::uint64_t kMost = 8;
  std::uint64_t words[kMost];
  std::uint64_t count = 0;
};
PlainWords plain_words_of(PyObject* object, PlainKind kind) noexcept;

}  // namespace heapwise::cpython
