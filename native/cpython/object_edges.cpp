#include "cpython/object_edges.hpp"

#include <structmember.h>

#include <algorithm>
#include <cstring>

#include "cpython/object_size.hpp"
#include "cpython/text.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::size_t kLongestName = 96;
constexpr Py_ssize_t kMostLocals = 1 << 16;
constexpr std::uintptr_t kHighestIndex = 1 << 16;

int visit(PyObject* target, void* edges) {
  if (target != nullptr)
    static_cast<Edges*>(edges)->found.push(PendingEdge{target, EdgeKind::kReference, 0});
  return 0;
}

/// Whether a slot of a frame owns its reference: from 3.14 on it may borrow it from a caller's
/// frame, or have an immortal object, whose count does not know of it.
bool owns(std::uint64_t word) noexcept {
#if PY_VERSION_HEX >= 0x030E0000
  return (word & 1) == 0;
#else
  return word != 0;
#endif
}

/// A slot of a frame as a reference; nullptr for what is none.
PyObject* reference_in(std::uint64_t word) noexcept {
  return owns(word) ? reinterpret_cast<PyObject*>(word) : nullptr;
}

/// The object in a slot of a frame, whoever owns it; nullptr where there is none.
/// Source: Include/internal/pycore_stackref.h: two bits tell ints, what is no longer valid, and
/// what is borrowed; an empty slot has the last of them alone.
PyObject* object_in(std::uint64_t word) noexcept {
#if PY_VERSION_HEX >= 0x030E0000
  constexpr std::uint64_t kTags = 3;
  if ((word & kTags) > 1) return nullptr;
  word &= ~kTags;
#endif
  return reinterpret_cast<PyObject*>(word);
}

/// The code of a frame; nullptr where there is none, or its variables have no names.
const PyCodeObject* code_with_names(PyObject* executable) noexcept {
  if (executable == nullptr || !PyCode_Check(executable)) return nullptr;
  const auto* code = reinterpret_cast<const PyCodeObject*>(executable);
  PyObject* names = code->co_localsplusnames;
  const bool has_names =
      names != nullptr && PyTuple_Check(names) && PyTuple_GET_SIZE(names) >= code->co_nlocalsplus;
  return has_names ? code : nullptr;
}

bool is_descriptor(const PyTypeObject* type) noexcept {
  return type == &PyMemberDescr_Type || type == &PyGetSetDescr_Type ||
         type == &PyWrapperDescr_Type || type == &PyMethodDescr_Type ||
         type == &PyClassMethodDescr_Type;
}

bool is_static_type(PyObject* object) noexcept {
  return PyType_Check(object) &&
         !PyType_HasFeature(reinterpret_cast<PyTypeObject*>(object), Py_TPFLAGS_HEAPTYPE);
}

}  // namespace

StringId Edges::intern(const char* text) noexcept {
  return strings_.intern(text, std::strlen(text));
}

StringId Edges::text(PyObject* str) noexcept {
  char scratch[kLongestName];
  return intern_text(strings_, str, scratch, sizeof scratch);
}

void Edges::add(PyObject* target, EdgeKind kind, std::uint32_t name) noexcept {
  if (target != nullptr) found.push(PendingEdge{target, kind, name});
}

void Edges::add(PyObject* target, EdgeKind kind, const char* name) noexcept {
  if (target != nullptr) add(target, kind, intern(name));
}

void Edges::name(PyObject* target, EdgeKind kind, std::uint32_t name) noexcept {
  if (target == nullptr) return;
  for (std::uint64_t i = 0; i < found.size(); ++i)
    if (found[i].target == target && found[i].kind == EdgeKind::kReference) {
      found[i].kind = kind;
      found[i].name = name;
      return;
    }
}

void Edges::name(PyObject* target, EdgeKind kind, const char* text) noexcept {
  if (target != nullptr) name(target, kind, intern(text));
}

namespace {

/// The table of interned strings: each its own key and value, in references that are not counted.
bool is_interned_table(PyObject* dict) noexcept {
  constexpr int kLooked = 16;
  if (PyDict_GET_SIZE(dict) < 256) return false;
  Py_ssize_t at = 0;
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  for (int i = 0; i < kLooked && PyDict_Next(dict, &at, &key, &value) != 0; ++i)
    if (key != value || !PyUnicode_CheckExact(key) || PyUnicode_CHECK_INTERNED(key) == 0)
      return false;
  return true;
}

}  // namespace

void Edges::of_dict(PyObject* dict) noexcept {
  if (is_interned_table(dict)) return;
  const auto* keys =
      reinterpret_cast<const DictKeys*>(reinterpret_cast<const PyDictObject*>(dict)->ma_keys);
  const bool shared = keys->kind == 2;  // then the class holds the keys
  Py_ssize_t at = 0;
  std::uint32_t number = 0;
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  for (; PyDict_Next(dict, &at, &key, &value) != 0; ++number) {
    if (!shared) add(key, EdgeKind::kKeyObject, number);
    if (PyUnicode_Check(key)) {
      add(value, EdgeKind::kKey, text(key));
      continue;
    }
    int overflow = 0;
    const long long whole =
        PyLong_CheckExact(key) ? PyLong_AsLongLongAndOverflow(key, &overflow) : -1;
    if (whole >= 0 && whole < 0xffffffffLL)
      add(value, EdgeKind::kIntKey, static_cast<std::uint32_t>(whole));
    else
      add(value, EdgeKind::kItem, number);
  }
}

void Edges::add_all(std::initializer_list<Field> fields) noexcept {
  for (const Field& field : fields) add(field.target, EdgeKind::kInternal, field.name);
}

void Edges::name_all(std::initializer_list<Field> fields) noexcept {
  for (const Field& field : fields) name(field.target, EdgeKind::kInternal, field.name);
}

void Edges::of_code(PyCodeObject* code) noexcept {
  add_all({{code->co_consts, "co_consts"},
           {code->co_names, "co_names"},
           {code->co_exceptiontable, "co_exceptiontable"},
           {code->co_localsplusnames, "co_localsplusnames"},
           {code->co_localspluskinds, "co_localspluskinds"},
           {code->co_filename, "co_filename"},
           {code->co_name, "co_name"},
           {code->co_qualname, "co_qualname"},
           {code->co_linetable, "co_linetable"}});
#if PY_VERSION_HEX >= 0x030C0000
  if (const auto* cached = code->_co_cached)
    add_all({{cached->_co_code, "co_code"},
             {cached->_co_varnames, "co_varnames"},
             {cached->_co_cellvars, "co_cellvars"},
             {cached->_co_freevars, "co_freevars"}});
#else
  add_all({{code->_co_code, "co_code"}});
#endif
}

void Edges::of_type(PyTypeObject* type) noexcept {
  const EdgeKind kind = EdgeKind::kInternal;
  if (is_static_type(reinterpret_cast<PyObject*>(type))) {
#if PY_VERSION_HEX >= 0x030C0000
    PyObject* dict = PyType_GetDict(type);  // of built-in types it lies in the interpreter
    add(dict, kind, "__dict__");
    Py_XDECREF(dict);
#else
    add(type->tp_dict, kind, "__dict__");
#endif
    add(type->tp_bases, kind, "__bases__");
    add(type->tp_mro, kind, "__mro__");
    // Of built-in types of 3.12 and later this is a small number, and the dict the interpreter's.
    if (reinterpret_cast<std::uintptr_t>(type->tp_subclasses) > kHighestIndex) {
      auto* subclasses = static_cast<PyObject*>(static_cast<void*>(type->tp_subclasses));
      if (PyDict_CheckExact(subclasses)) add(subclasses, kind, "__subclasses__");
    }
    return;
  }
  name(type->tp_dict, kind, "__dict__");
  name(type->tp_mro, kind, "__mro__");
  name(type->tp_bases, kind, "__bases__");
  name(reinterpret_cast<PyObject*>(type->tp_base), kind, "__base__");
  auto* heap_type = reinterpret_cast<PyHeapTypeObject*>(type);
  add(heap_type->ht_name, kind, "__name__");
  add(heap_type->ht_qualname, kind, "__qualname__");
  add(heap_type->ht_slots, kind, "__slots__");
  auto* subclasses = static_cast<PyObject*>(type->tp_subclasses);
  if (subclasses != nullptr && PyDict_CheckExact(subclasses))
    add(subclasses, kind, "__subclasses__");
  if (const DictKeys* keys = shared_keys_of(type))
    for (Py_ssize_t i = 0; i < keys->entries_count; ++i)
      add(keys->key(i), EdgeKind::kInternal, "attribute names");
}

void Edges::of_array(PyObject* object) noexcept {
  const auto* array = reinterpret_cast<const ArrayFields*>(object);
  add(array->base, EdgeKind::kInternal, "base");
  add(array->descriptor, EdgeKind::kInternal, "dtype");
  const ArrayShape shape = shape_of(array, input_.numpy_major);
  if (shape.type_number != kArrayOfObjects || (array->flags & kArrayOwnsData) == 0 ||
      (array->flags & kArrayContiguous) == 0)
    return;
  auto* const* elements = reinterpret_cast<PyObject* const*>(array->data);
  for (std::uint64_t i = 0; i < shape.elements_count; ++i)
    add(elements[i], EdgeKind::kIndex, static_cast<std::uint32_t>(i));
}

/// Forgets the references that the type's own visit has found (the first `visited`) and that are
/// there with a name, too.
void Edges::forget_named(std::uint64_t visited) noexcept {
  named_.clear();
  for (std::uint64_t i = visited; i < found.size(); ++i) named_.push(found[i].target);
  if (named_.size() == 0) return;
  PyObject** const begin = &named_[0];
  PyObject** const end = begin + named_.size();
  std::sort(begin, end);
  for (std::uint64_t i = 0; i < visited; ++i)
    if (found[i].kind == EdgeKind::kReference && std::binary_search(begin, end, found[i].target))
      found[i].target = nullptr;
}

void Edges::name_items(PyObject* object) noexcept {
  // Lists and tuples are visited from their end.
  PyObject* const* items = PyTuple_Check(object) ? reinterpret_cast<PyTupleObject*>(object)->ob_item
                                                 : reinterpret_cast<PyListObject*>(object)->ob_item;
  std::uint64_t at = 0;
  for (Py_ssize_t i = Py_SIZE(object); i-- > 0;) {
    if (items[i] == nullptr) continue;
    while (at < found.size() && found[at].target != items[i]) ++at;
    if (at == found.size()) return;
    found[at].kind = EdgeKind::kIndex;
    found[at].name = static_cast<std::uint32_t>(i);
    ++at;
  }
}

void Edges::name_function(PyObject* object) noexcept {
  const auto* function = reinterpret_cast<const PyFunctionObject*>(object);
  name_all({{function->func_globals, "__globals__"},
            {function->func_builtins, "__builtins__"},
            {function->func_code, "__code__"},
            {function->func_defaults, "__defaults__"},
            {function->func_kwdefaults, "__kwdefaults__"},
            {function->func_doc, "__doc__"},
            {function->func_dict, "__dict__"},
            {function->func_closure, "__closure__"},
            {function->func_annotations, "__annotations__"},
            {function->func_module, "__module__"},
            {function->func_name, "__name__"},
            {function->func_qualname, "__qualname__"}});
}

void Edges::name_exception(PyObject* object) noexcept {
  const auto* error = reinterpret_cast<const PyBaseExceptionObject*>(object);
  name_all({{error->traceback, "__traceback__"},
            {error->context, "__context__"},
            {error->cause, "__cause__"},
            {error->args, "args"},
            {error->dict, "__dict__"}});
}

void Edges::name_attributes(PyObject* object, const Attributes& attributes) noexcept {
  const DictKeys* keys = attributes.values == nullptr ? nullptr : shared_keys_of(Py_TYPE(object));
  for (std::size_t i = 0; keys != nullptr && i < attributes.count; ++i)
    if (attributes.values[i] != nullptr)
      name(attributes.values[i], EdgeKind::kAttribute, text(keys->key(static_cast<Py_ssize_t>(i))));
  if (attributes.dict == nullptr) return;
  // 3.13 does not visit a dict that was made of inline values.
  const std::uint64_t before = found.size();
  for (std::uint64_t i = 0; i < before; ++i)
    if (found[i].target == attributes.dict) {
      if (found[i].kind == EdgeKind::kReference) {
        found[i].kind = EdgeKind::kInternal;
        found[i].name = intern("__dict__");
      }
      return;
    }
  // Its values were visited in its place: they are the dict's, not the object's.
  if (PyDict_Check(attributes.dict)) {
    Py_ssize_t at = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    while (PyDict_Next(attributes.dict, &at, &key, &value) != 0)
      for (std::uint64_t i = 0; i < before; ++i)
        if (found[i].target == value && found[i].kind == EdgeKind::kReference) {
          found[i].target = nullptr;
          break;
        }
  }
  add(attributes.dict, EdgeKind::kInternal, "__dict__");
}

void Edges::name_slots(PyObject* object) noexcept {
  for (PyTypeObject* type = Py_TYPE(object); type != nullptr; type = type->tp_base) {
    if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) continue;
    const auto* members = reinterpret_cast<const PyMemberDef*>(reinterpret_cast<const char*>(type) +
                                                               Py_TYPE(type)->tp_basicsize);
    const Py_ssize_t count = Py_SIZE(type);
    for (Py_ssize_t i = 0; i < count; ++i)
      if (members[i].type == T_OBJECT_EX)
        name(*reinterpret_cast<PyObject**>(reinterpret_cast<char*>(object) + members[i].offset),
             EdgeKind::kAttribute, members[i].name);
  }
}

void Edges::name_locals(const Frame* frame) noexcept {
  const PyCodeObject* code = code_with_names(executable_of(frame));
  for (Py_ssize_t i = 0; code != nullptr && i < code->co_nlocalsplus; ++i)
    if (PyObject* value = reference_in(frame->locals_and_stack[i]))
      name(value, EdgeKind::kLocal, text(PyTuple_GET_ITEM(code->co_localsplusnames, i)));
}

void Edges::add_locals(const Frame* frame) noexcept {
  const PyCodeObject* code = code_with_names(executable_of(frame));
  for (Py_ssize_t i = 0; code != nullptr && i < code->co_nlocalsplus; ++i) {
    const std::uint64_t word = frame->locals_and_stack[i];
    if (PyObject* value = object_in(word))
      found.push(PendingEdge{value, EdgeKind::kLocal,
                             text(PyTuple_GET_ITEM(code->co_localsplusnames, i)), owns(word)});
  }
}

void Edges::collect_frame(const Frame* frame) noexcept {
  PyObject* executable = executable_of(frame);
  if (executable == nullptr || !PyCode_Check(executable)) return;
  add_locals(frame);
  add(executable, EdgeKind::kInternal, "__code__");
  add(frame->locals, EdgeKind::kInternal, "f_locals");
  add(reinterpret_cast<PyObject*>(frame->frame_object), EdgeKind::kInternal, "frame object");
#if PY_VERSION_HEX >= 0x030E0000
  add(reference_in(frame->func), EdgeKind::kInternal, "function");
#else
  add(frame->func, EdgeKind::kInternal, "function");
#endif
  const auto* code = reinterpret_cast<const PyCodeObject*>(executable);
  const std::uint64_t* top = dead_slot(const_cast<Frame*>(frame));
  const std::uint64_t* bottom = frame->locals_and_stack + code->co_nlocalsplus;
  if (top == nullptr || top < bottom || top - bottom > kMostLocals) return;
  for (const std::uint64_t* slot = bottom; slot < top; ++slot)
    add(reference_in(*slot), EdgeKind::kInternal, "stack");
}

void Edges::of_time(PyObject* object) noexcept {
  // Source: Include/datetime.h: head, hash, hastzinfo, 6 or 10 bytes of data, fold, tzinfo; and
  // PyDateTime_TimeZone of Modules/_datetimemodule.c: head, offset, name. None of them is
  // traversed.
  const char* kind = Py_TYPE(object)->tp_name + 9;
  const auto* bytes = reinterpret_cast<const char*>(object);
  PyObject* const* fields = reinterpret_cast<PyObject* const*>(object);
  if (std::strcmp(kind, "timezone") == 0)
    return add_all({{fields[2], "offset"}, {fields[3], "name"}});
  const bool is_datetime = std::strcmp(kind, "datetime") == 0;
  if ((is_datetime || std::strcmp(kind, "time") == 0) && bytes[24] != 0)
    add(fields[is_datetime ? 5 : 4], EdgeKind::kInternal, "tzinfo");
}

void Edges::add_buffer(PyObject* buffer) noexcept {
  name(buffer, EdgeKind::kInternal, "buffer");
  for (std::uint64_t i = 0; i < found.size(); ++i)
    if (found[i].target == buffer) return;
  add(buffer, EdgeKind::kInternal, "buffer");
}

void Edges::collect(PyObject* object, const Attributes& attributes) noexcept {
  found.clear();
  PyTypeObject* type = Py_TYPE(object);
  if (PyUnicode_CheckExact(object) || PyLong_CheckExact(object) || PyFloat_CheckExact(object) ||
      PyBytes_CheckExact(object))
    return;
  if (PyDict_CheckExact(object)) return of_dict(object);
  if (PyTuple_CheckExact(object) || PyList_CheckExact(object)) {
    const Py_ssize_t count = Py_SIZE(object);
    PyObject* const* items = PyTuple_CheckExact(object)
                                 ? reinterpret_cast<PyTupleObject*>(object)->ob_item
                                 : reinterpret_cast<PyListObject*>(object)->ob_item;
    for (Py_ssize_t i = 0; i < count; ++i)
      add(items[i], EdgeKind::kIndex, static_cast<std::uint32_t>(i));
    return;
  }
  if (type == &PyRange_Type) {  // start, stop, step, length behind the head; not traversed
    PyObject* const* fields = reinterpret_cast<PyObject* const*>(object) + 2;
    return add_all(
        {{fields[0], "start"}, {fields[1], "stop"}, {fields[2], "step"}, {fields[3], "length"}});
  }
  if (!has_collector_header(object) && std::strncmp(type->tp_name, "datetime.", 9) == 0)
    return of_time(object);
  if (PyCode_Check(object)) return of_code(reinterpret_cast<PyCodeObject*>(object));
  if (is_static_type(object)) return of_type(reinterpret_cast<PyTypeObject*>(object));
  if (type->tp_traverse != nullptr && has_collector_header(object))
    type->tp_traverse(object, visit, this);
  name(reinterpret_cast<PyObject*>(type), EdgeKind::kType, 0U);
  if (PyDict_Check(object)) {  // a subclass: its entries by key, and what it has besides
    const std::uint64_t visited = found.size();
    of_dict(object);
    forget_named(visited);
  }
  if (PyList_Check(object) || PyTuple_Check(object)) name_items(object);
  if (std::strcmp(type->tp_name, "collections.deque") == 0) {
    std::uint32_t number = 0;
    for (std::uint64_t i = 0; i < found.size(); ++i)
      if (found[i].kind == EdgeKind::kReference) {
        found[i].kind = EdgeKind::kIndex;
        found[i].name = number++;
      }
  }
  if (std::strcmp(type->tp_name, "_io.BytesIO") == 0)
    add_buffer(reinterpret_cast<PyObject* const*>(object)[2]);
  if (std::strcmp(type->tp_name, "_io.StringIO") == 0) {
    // stringio: head, buf, pos, string_size, buf_size, state; while it accumulates (2) its text is
    // behind them: two lists before 3.12, the string of a writer then, and of one in a block of its
    // own from 3.14.
    const auto* words = reinterpret_cast<const std::uint64_t*>(object);
    if (static_cast<std::uint32_t>(words[6]) == 2) {
      auto* const* parts = reinterpret_cast<PyObject* const*>(words + 7);
#if PY_VERSION_HEX < 0x030C0000
      add_buffer(parts[0]);
      add_buffer(parts[1]);
#elif PY_VERSION_HEX < 0x030E0000
      add_buffer(parts[0]);
#else
      if (parts[0] != nullptr) add_buffer(*reinterpret_cast<PyObject* const*>(parts[0]));
#endif
    }
  }
  if (PyAnySet_Check(object))
    for (std::uint64_t i = 0; i < found.size(); ++i)
      if (found[i].kind == EdgeKind::kReference) found[i].kind = EdgeKind::kElement;
  if (attributes.dict != nullptr || attributes.values != nullptr)
    name_attributes(object, attributes);
  if (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) name_slots(object);
  if (PyType_Check(object)) of_type(reinterpret_cast<PyTypeObject*>(object));
  if (PyFunction_Check(object)) name_function(object);
  if (PyExceptionInstance_Check(object)) name_exception(object);
  if (is_descriptor(type)) {
    const auto* descriptor = reinterpret_cast<const PyDescrObject*>(object);
    add(descriptor->d_name, EdgeKind::kInternal, "__name__");
    add(descriptor->d_qualname, EdgeKind::kInternal, "__qualname__");
  }
  if (PyModule_CheckExact(object)) {
    // Source: PyModuleObject of Objects/moduleobject.c; the last of its fields that all versions
    // have.
    PyObject* module_name = reinterpret_cast<PyObject* const*>(object)[6];
    add(module_name, EdgeKind::kInternal, "__name__");
  }
  if (std::strcmp(type->tp_name, "functools._lru_cache_wrapper") == 0) {
    // It begins as an element of its own list does: head, previous, next. Its dict and its function
    // follow, see object_facts.cpp.
    auto* const root = reinterpret_cast<PyObject**>(object);
    name(root[9], EdgeKind::kInternal, "cache");
    name(root[11], EdgeKind::kInternal, "__wrapped__");
    for (auto** at = reinterpret_cast<PyObject**>(root[3]); at != nullptr && at != root;
         at = reinterpret_cast<PyObject**>(at[3]))
      add(reinterpret_cast<PyObject*>(at), EdgeKind::kInternal, "link");
  }
  if (PyCell_Check(object)) name(PyCell_GET(object), EdgeKind::kInternal, "cell_contents");
  if (PyMethod_Check(object)) {
    name(PyMethod_GET_SELF(object), EdgeKind::kInternal, "__self__");
    name(PyMethod_GET_FUNCTION(object), EdgeKind::kInternal, "__func__");
  }
  if (PyTraceBack_Check(object)) {
    const auto* traceback = reinterpret_cast<const PyTracebackObject*>(object);
    name(reinterpret_cast<PyObject*>(traceback->tb_next), EdgeKind::kInternal, "tb_next");
    name(reinterpret_cast<PyObject*>(traceback->tb_frame), EdgeKind::kInternal, "tb_frame");
  }
  if (PyGen_Check(object) || PyCoro_CheckExact(object) || PyAsyncGen_CheckExact(object))
    name_locals(reinterpret_cast<const Frame*>(reinterpret_cast<const char*>(object) +
                                               heapwise_generator_frame_offset));
  if (PyFrame_Check(object)) {
    name(reinterpret_cast<PyObject* const*>(object)[2], EdgeKind::kInternal, "f_back");
    if (const Frame* frame = frame_within(object)) {
      name_locals(frame);
      name(executable_of(frame), EdgeKind::kInternal, "f_code");
    }
  }
  if (PyWeakref_Check(object)) {
    PyObject* referent = reinterpret_cast<const PyWeakReference*>(object)->wr_object;
    if (referent != nullptr && referent != Py_None) add(referent, EdgeKind::kWeak, 0U);
  }
  if (input_.array_type != nullptr && PyType_IsSubtype(type, input_.array_type) != 0)
    of_array(object);
  else if (input_.array_type != nullptr && is_record(type))
    add(reinterpret_cast<const RecordFields*>(object)->base, EdgeKind::kInternal, "base");
}

}  // namespace heapwise::cpython
