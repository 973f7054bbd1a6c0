#include "cpython/tree_parts.hpp"

#include <cstring>

namespace heapwise::cpython {

namespace {

/// Source: libxml2's include/libxml/tree.h; its beginning has been the same since 2.0.
struct XmlNode {
  void* owner;  ///< lxml keeps the element here
  int type;
  const char* name;
  XmlNode* children;
  XmlNode* last;
  XmlNode* parent;
  XmlNode* next;
  XmlNode* previous;
  XmlNode* document;
};

/// What follows in elements and texts; documents have other fields there.
struct XmlText {
  XmlNode node;
  void* space;
  const char* content;
};

constexpr int kElement = 1;
constexpr int kText = 3;
constexpr int kCData = 4;
constexpr int kDocument = 9;
constexpr int kHtmlDocument = 13;
constexpr std::uint64_t kNodeBytes = 120;
constexpr std::uint64_t kMostNodes = 10'000;  ///< of one tree

/// Source: lxml's etree.pyx, class _Element; the first fields are the same since 3.0.
struct ElementFields {
  PyObject ob_base;
  PyObject* document;
  XmlNode* node;
};

/// Whether a node has others below it that are its own: those of a reference to an entity are not.
bool has_children(const XmlNode* node) noexcept {
  const bool has_own =
      node->type == kElement || node->type == kDocument || node->type == kHtmlDocument;
  return node->children != nullptr && has_own;
}

std::uint64_t bytes_of(const XmlNode* node) noexcept {
  if (node->type != kText && node->type != kCData) return kNodeBytes;
  const char* content = reinterpret_cast<const XmlText*>(node)->content;
  return kNodeBytes + (content == nullptr ? 0 : std::strlen(content));
}

/// What there is from a node on downwards, itself among it. 0 where the way back up does not lead
/// to it: lxml lends children to another root while XPath or a schema works on a part of a tree.
std::uint64_t bytes_below(const XmlNode* top, std::uint64_t* nodes) noexcept {
  std::uint64_t bytes = 0;
  const XmlNode* node = top;
  for (std::uint64_t count = 0; count < kMostNodes; ++count) {
    ++*nodes;
    bytes += bytes_of(node);
    if (has_children(node)) {
      if (node->children->parent != node) return 0;
      node = node->children;
      continue;
    }
    while (node != top && node->next == nullptr) {
      node = node->parent;
      if (node == nullptr) return 0;
    }
    if (node == top) break;
    node = node->next;
  }
  return bytes;
}

}  // namespace

bool TreeParts::is_element(const PyTypeObject* type) noexcept {
  if (type->tp_basicsize < static_cast<Py_ssize_t>(sizeof(ElementFields))) return false;
  for (; type != nullptr; type = type->tp_base)
    if (std::strcmp(type->tp_name, "lxml.etree._Element") == 0)
      return type->tp_basicsize >= static_cast<Py_ssize_t>(sizeof(ElementFields));
  return false;
}

TreePart TreeParts::of(PyObject* element) noexcept {
  const XmlNode* node = reinterpret_cast<const ElementFields*>(element)->node;
  if (node == nullptr || node->owner != element) return {};
  const bool is_part =
      node->type == kElement && node->parent != nullptr && node->parent->type == kElement;
  if (!is_part || node->document == nullptr || nodes_ > kMostInAll) return {};
  if (document_ != node->document) {
    document_ = node->document;
    document_bytes_ = bytes_below(node->document, &nodes_);
  }
  const std::uint64_t own = bytes_below(node, &nodes_);
  return own == 0 || document_bytes_ == 0 ? TreePart{} : TreePart{own, document_bytes_};
}

}  // namespace heapwise::cpython
