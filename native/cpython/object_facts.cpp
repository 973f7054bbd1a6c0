#include "cpython/object_facts.hpp"

#include <structmember.h>

#include <cstring>

#include "cpython/text.hpp"

namespace heapwise::cpython {

namespace {

/// functools.lru_cache's object. Source: Modules/_functoolsmodule.c, 3.11 to 3.14.
struct CacheFields {
  PyObject ob_base;
  void* links[2];
  Py_hash_t hash;
  PyObject* key;
  PyObject* result;
  void* wrapper;
  int typed;
  PyObject* cache;
  Py_ssize_t hits;
  PyObject* function;
  Py_ssize_t maxsize;
  Py_ssize_t misses;
};

/// _io.FileIO and socket.socket begin alike. Sources: Modules/_io/fileio.c, Modules/socketmodule.h.
struct DescriptorFields {
  PyObject ob_base;
  int fd;
};

/// Source: Modules/_sqlite/connection.h.
struct DatabaseFields {
  PyObject ob_base;
  void* database;
};

bool is_or_derives_from(const PyTypeObject* type, const char* name) noexcept {
  for (; type != nullptr; type = type->tp_base)
    if (std::strcmp(type->tp_name, name) == 0) return true;
  return false;
}

FactList of_cache(PyObject* object) noexcept {
  FactList found;
  const auto* fields = reinterpret_cast<const CacheFields*>(object);
  if (fields->cache == nullptr || !PyDict_CheckExact(fields->cache)) return found;
  found.facts[found.count++] = Fact{"hits", fields->hits};
  found.facts[found.count++] = Fact{"misses", fields->misses};
  found.facts[found.count++] = Fact{"maxsize", fields->maxsize};
  return found;
}

GeneratorState state_of(PyObject* object) noexcept {
#if PY_VERSION_HEX >= 0x030D0000
  constexpr int kCreated = -3;
#else
  constexpr int kCreated = -2;
#endif
  const int state = static_cast<signed char>(
      reinterpret_cast<const char*>(object)[heapwise_generator_state_offset]);
  if (state == kCreated) return GeneratorState::kCreated;
  if (state == 0) return GeneratorState::kRunning;
  return state < 0 ? GeneratorState::kSuspended : GeneratorState::kFinished;
}

/// An attribute of an instance by its name; nullptr when there is none.
PyObject* attribute(PyObject* object, const Attributes& attributes, const char* name) noexcept {
  const DictKeys* keys = attributes.values == nullptr ? nullptr : shared_keys_of(Py_TYPE(object));
  for (std::size_t i = 0; keys != nullptr && i < attributes.count; ++i)
    if (is_text(keys->key(static_cast<Py_ssize_t>(i)), name)) return attributes.values[i];
  Py_ssize_t at = 0;
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  if (attributes.dict != nullptr && PyDict_Check(attributes.dict))
    while (PyDict_Next(attributes.dict, &at, &key, &value) != 0)
      if (is_text(key, name)) return value;
  return nullptr;
}

ThreadState thread_state_of(PyObject* object, const Attributes& attributes,
                            const WalkInput& input) noexcept {
  PyObject* ident = attribute(object, attributes, "_ident");
  if (ident == nullptr || !PyLong_CheckExact(ident)) return ThreadState::kCreated;
  const unsigned long long id = PyLong_AsUnsignedLongLongMask(ident);
  for (PyThreadState* state = PyInterpreterState_ThreadHead(input.interpreter); state != nullptr;
       state = PyThreadState_Next(state))
    if (state->thread_id == id) return ThreadState::kRunning;
  return ThreadState::kEnded;
}

}  // namespace

FactKind fact_kind_of(const PyTypeObject* type, const WalkInput& input) noexcept {
  if (type == &PyGen_Type || type == &PyCoro_Type || type == &PyAsyncGen_Type)
    return FactKind::kGenerator;
  if (input.thread_type != nullptr &&
      PyType_IsSubtype(const_cast<PyTypeObject*>(type), input.thread_type) != 0)
    return FactKind::kThread;
  if (is_or_derives_from(type, "functools._lru_cache_wrapper")) return FactKind::kCache;
  if (is_or_derives_from(type, "_io.FileIO") || is_or_derives_from(type, "_socket.socket"))
    return FactKind::kDescriptor;
  if (is_or_derives_from(type, "sqlite3.Connection")) return FactKind::kDatabase;
  return FactKind::kNone;
}

FactList facts_of(PyObject* object, FactKind kind, const Attributes& attributes,
                  const WalkInput& input) noexcept {
  const auto one = [](const char* name, auto value) {
    FactList found;
    found.facts[found.count++] = Fact{name, static_cast<std::int64_t>(value)};
    return found;
  };
  switch (kind) {
    case FactKind::kCache: return of_cache(object);
    case FactKind::kGenerator: return one("state", state_of(object));
    case FactKind::kDescriptor:
      return one("fd", reinterpret_cast<const DescriptorFields*>(object)->fd);
    case FactKind::kDatabase:
      return one("open", reinterpret_cast<const DatabaseFields*>(object)->database != nullptr);
    case FactKind::kThread: return one("state", thread_state_of(object, attributes, input));
    default: return {};
  }
}

bool holds_only_references(const PyTypeObject* type) noexcept {
  constexpr auto kPointer = static_cast<Py_ssize_t>(sizeof(PyObject*));
  for (; PyType_HasFeature(const_cast<PyTypeObject*>(type), Py_TPFLAGS_HEAPTYPE);
       type = type->tp_base) {
    const PyTypeObject* base = type->tp_base;
    if (std::strcmp(type->tp_name, "collections.defaultdict") == 0) continue;
    const auto* members = reinterpret_cast<const PyMemberDef*>(reinterpret_cast<const char*>(type) +
                                                               Py_TYPE(type)->tp_basicsize);
    const Py_ssize_t count = Py_SIZE(type);
    for (Py_ssize_t i = 0; i < count; ++i)
      if (members[i].type != T_OBJECT_EX) return false;
    // Besides slots there is room for a dict and a list of weak references: more are fields of C.
    const bool has_dict = type->tp_dictoffset != 0 && base->tp_dictoffset == 0 &&
                          (type->tp_flags & kManagedDictFlag) == 0;
    const bool has_weak = type->tp_weaklistoffset > 0 && base->tp_weaklistoffset == 0;
    const Py_ssize_t pointers = count + (has_dict ? 1 : 0) + (has_weak ? 1 : 0);
    if (type->tp_basicsize != base->tp_basicsize + pointers * kPointer) return false;
  }
  return type == &PyBaseObject_Type || type == &PyDict_Type || type == &PyList_Type ||
         type == &PyTuple_Type || type == &PySet_Type || type == &PyFrozenSet_Type ||
         type == &PyODict_Type || std::strcmp(type->tp_name, "collections.defaultdict") == 0;
}

}  // namespace heapwise::cpython
