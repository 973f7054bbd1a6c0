// Whom an object refers to: what tp_traverse visits, named, and what it is blind to.
#pragma once

#include <initializer_list>

#include "cpython/heap_walk.hpp"
#include "cpython/object_layout.hpp"

namespace heapwise::cpython {

struct PendingEdge {
  PyObject* target;
  EdgeKind kind;
  std::uint32_t name;
  bool is_counted = true;  ///< the target's count of references knows of it
};

/// The edges of one object at a time.
class Edges {
 public:
  Edges(const WalkInput& input, StringTable& strings) noexcept : input_(input), strings_(strings) {}

  /// Finds the edges of an object; they stand in `found` until the next call.
  void collect(PyObject* object, const Attributes& attributes) noexcept;
  /// Of a frame: locals by name, the stack where it is known, its function and code.
  void collect_frame(const Frame* frame) noexcept;
  void clear() noexcept { found.clear(); }

  /// An edge that is there, whether tp_traverse has visited it or not.
  void add(PyObject* target, EdgeKind kind, std::uint32_t name) noexcept;
  void add(PyObject* target, EdgeKind kind, const char* name) noexcept;
  StringId intern(const char* text) noexcept;
  /// The text of a str, cut at some 100 bytes.
  StringId text(PyObject* str) noexcept;

  Growing<PendingEdge> found;

 private:
  /// A field of an object, and what it is called.
  struct Field {
    PyObject* target;
    const char* name;
  };
  void add_all(std::initializer_list<Field> fields) noexcept;
  void name_all(std::initializer_list<Field> fields) noexcept;
  void of_dict(PyObject* dict) noexcept;
  void of_code(PyCodeObject* code) noexcept;
  void of_type(PyTypeObject* type) noexcept;
  void of_array(PyObject* array) noexcept;
  void add_buffer(PyObject* buffer) noexcept;
  void of_time(PyObject* object) noexcept;
  void name_items(PyObject* object) noexcept;
  void forget_named(std::uint64_t visited) noexcept;
  void name_function(PyObject* object) noexcept;
  void name_exception(PyObject* object) noexcept;
  void name_attributes(PyObject* object, const Attributes& attributes) noexcept;
  void name_slots(PyObject* object) noexcept;
  void name_locals(const Frame* frame) noexcept;
  void add_locals(const Frame* frame) noexcept;
  /// Names an edge that was visited; nothing when there is none to this target without a name.
  void name(PyObject* target, EdgeKind kind, std::uint32_t name) noexcept;
  void name(PyObject* target, EdgeKind kind, const char* text) noexcept;

  const WalkInput& input_;
  StringTable& strings_;
  Growing<PyObject*> named_;
};

}  // namespace heapwise::cpython
