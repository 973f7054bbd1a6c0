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

constexpr int kElement = 1;
constexpr int kDocument = 9;
constexpr int kHtmlDocument = 13;

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

/// How many nodes there are from one on downwards, itself among them; no more than kMost.
std::uint32_t nodes_below(const XmlNode* top) noexcept {
  std::uint32_t count = 0;
  const XmlNode* node = top;
  while (count < TreePart::kMost) {
    ++count;
    if (has_children(node)) {
      node = node->children;
      continue;
    }
    while (node != top && node->next == nullptr) node = node->parent;
    if (node == top || node == nullptr) break;
    node = node->next;
  }
  return count;
}

}  // namespace

bool TreeParts::is_element(const PyTypeObject* type) noexcept {
  for (; type != nullptr; type = type->tp_base)
    if (std::strcmp(type->tp_name, "lxml.etree._Element") == 0) return true;
  return false;
}

TreePart TreeParts::of(PyObject* element) noexcept {
  const XmlNode* node = reinterpret_cast<const ElementFields*>(element)->node;
  if (node == nullptr || node->owner != element) return {};
  const bool is_part =
      node->type == kElement && node->parent != nullptr && node->parent->type == kElement;
  if (!is_part || node->document == nullptr || counted_ > kMostCounted) return {};
  if (document_ != node->document) {
    document_ = node->document;
    document_nodes_ = nodes_below(node->document);
    counted_ += document_nodes_;
  }
  const std::uint32_t own = nodes_below(node);
  counted_ += own;
  return TreePart{own, document_nodes_};
}

}  // namespace heapwise::cpython
