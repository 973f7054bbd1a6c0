// No Python, no malloc, no exceptions. Which texts say a number, or a digest.
#pragma once

#include <cstddef>

#include "cpython/heap_graph.hpp"

namespace heapwise::cpython {

/// What number a text says, so that the number says the text, but for zeros at the end of a
/// fraction; kNumeralsCount: none, or one that has no such number: zeros before it, a plus sign,
/// more digits than 64 bits hold.
Numeral numeral_of(const char* text, std::size_t length) noexcept;

}  // namespace heapwise::cpython
