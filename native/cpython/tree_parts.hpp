// Elements of lxml's trees: which are parts of a document, and how small a part.
#pragma once

#include <Python.h>

#include <cstdint>

namespace heapwise::cpython {

/// How many nodes an element has below it, itself among them, and its document has in all; both no
/// more than kMost. Zeros of what is no part: a root, or what does not look like an element.
struct TreePart {
  static constexpr std::uint32_t kMost = 10'000;
  std::uint32_t part_nodes = 0;
  std::uint32_t tree_nodes = 0;
};

/// Counts nodes of documents, each document once where its elements come one after the other.
class TreeParts {
 public:
  /// Whether objects of a type are elements of lxml's.
  static bool is_element(const PyTypeObject* type) noexcept;

  TreePart of(PyObject* element) noexcept;

 private:
  static constexpr std::uint64_t kMostCounted = 50'000'000;  ///< in all: half a second
  std::uint64_t counted_ = 0;
  const void* document_ = nullptr;  ///< the one that was counted last
  std::uint32_t document_nodes_ = 0;
};

}  // namespace heapwise::cpython
