// Elements of lxml's trees: which are parts of a document, and how small a part.
#pragma once

#include <Python.h>

#include <cstdint>

namespace heapwise::cpython {

/// How many bytes an element has below it, itself among them, and its document has in all: nodes
/// and texts, as far as so many nodes were looked at. Zeros of what is no part: a root, what does
/// not look like an element, a tree that is not whole at the moment.
struct TreePart {
  std::uint64_t part_bytes = 0;
  std::uint64_t tree_bytes = 0;
};

/// Weighs documents, each once where its elements come one after the other.
class TreeParts {
 public:
  /// Whether objects of a type are elements of lxml's.
  static bool is_element(const PyTypeObject* type) noexcept;

  TreePart of(PyObject* element) noexcept;

 private:
  static constexpr std::uint64_t kMostInAll = 50'000'000;  ///< in all: half a second
  std::uint64_t nodes_ = 0;
  const void* document_ = nullptr;  ///< the one that was weighed last
  std::uint64_t document_bytes_ = 0;
};

}  // namespace heapwise::cpython
