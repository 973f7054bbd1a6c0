// What objects hold, compared and measured: which strings, bytes, tuples and arrays are equal, and
// how much room the values of an array need. Values themselves go nowhere.
#pragma once

#include "cpython/heap_walk.hpp"

namespace heapwise::cpython {

/// Fills in graph.copies, and facts of large arrays and strings. Reads all of them: meant for a
/// forked child. False when there was no memory.
bool compare_contents(const WalkInput& input, HeapGraph& graph) noexcept;

}  // namespace heapwise::cpython
