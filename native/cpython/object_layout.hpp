// Where CPython keeps what its API does not show: dict keys, inline values, the collector's lists.
// Offsets that a header can tell are taken from it in layout_check.c.
#pragma once

#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// The keys of a dict, shared or its own. Source: Include/internal/pycore_dict.h, 3.11 to 3.14.
struct DictKeys {
  Py_ssize_t refcount;
  std::uint8_t log2_size;
  std::uint8_t log2_index_bytes;
  std::uint8_t kind;  // 0 general, 1 unicode, 2 split
  std::uint32_t version;
  Py_ssize_t usable;
  Py_ssize_t entries_count;
  char indices[1];

  [[nodiscard]] const char* entries() const noexcept {
    return indices + (std::size_t{1} << log2_index_bytes);
  }
  [[nodiscard]] std::size_t entry_bytes() const noexcept { return kind == 0 ? 24 : 16; }
  [[nodiscard]] PyObject* key(Py_ssize_t i) const noexcept {
    const char* entry = entries() + static_cast<std::size_t>(i) * entry_bytes();
    return *reinterpret_cast<PyObject* const*>(entry + (kind == 0 ? 8 : 0));
  }
  /// The bytes of the block: header, indices, room for two thirds as many entries.
  [[nodiscard]] std::size_t block_bytes() const noexcept {
    const std::size_t room = (std::size_t{2} << log2_size) / 3;
    return 32 + (std::size_t{1} << log2_index_bytes) + room * entry_bytes();
  }
};

inline constexpr unsigned long kManagedWeakrefFlag = 1UL << 3;
inline constexpr unsigned long kManagedDictFlag = 1UL << 4;
inline constexpr unsigned long kInlineValuesFlag = 1UL << 2;  // 3.13 and later

inline const DictKeys* shared_keys_of(const PyTypeObject* type) noexcept {
  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) return nullptr;
  return reinterpret_cast<const DictKeys*>(
      reinterpret_cast<const PyHeapTypeObject*>(type)->ht_cached_keys);
}

/// Bytes between a block's start and its object.
inline std::size_t bytes_before(const PyTypeObject* type, bool collected) noexcept {
#if PY_VERSION_HEX >= 0x030C0000
  constexpr unsigned long kPreheader = kManagedDictFlag | kManagedWeakrefFlag;
#else
  constexpr unsigned long kPreheader = kManagedDictFlag;
#endif
  return (collected ? 16 : 0) + ((type->tp_flags & kPreheader) != 0 ? 16 : 0);
}

/// An instance's attributes: a dict of its own, or values in the order of the class's keys.
struct Attributes {
  PyObject* dict = nullptr;
  PyObject* const* values = nullptr;
  std::size_t count = 0;
  std::size_t block_bytes = 0;   ///< of a block of values beside the object
  std::size_t inline_bytes = 0;  ///< of values within the object's own block
};

inline Attributes attributes_of(PyObject* object) noexcept {
  Attributes found;
  PyTypeObject* type = Py_TYPE(object);
  if ((type->tp_flags & kManagedDictFlag) == 0) {
    if (type->tp_dictoffset > 0)
      found.dict =
          *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(object) + type->tp_dictoffset);
    return found;
  }
  auto* words = reinterpret_cast<PyObject**>(object);
  const DictKeys* keys = shared_keys_of(type);
#if PY_VERSION_HEX >= 0x030D0000
  found.dict = words[-3];
  if ((type->tp_flags & kInlineValuesFlag) == 0) return found;
#if PY_VERSION_HEX >= 0x030E0000
  const auto* values = reinterpret_cast<const unsigned char*>(object) + type->tp_basicsize;
#else
  const auto* values = reinterpret_cast<const unsigned char*>(object) + sizeof(PyObject);
#endif
  const std::size_t capacity = values[0];
  found.inline_bytes = ((capacity + 7) & ~std::size_t{7}) + (capacity + 1) * sizeof(PyObject*);
  if (values[3] != 0) {  // valid: no dict has taken them over
    found.values = reinterpret_cast<PyObject* const*>(values + 8);
    found.count = capacity;
  }
#elif PY_VERSION_HEX >= 0x030C0000
  const auto word = reinterpret_cast<std::uintptr_t>(words[-3]);
  if ((word & 1) != 0)
    found.values = reinterpret_cast<PyObject* const*>(word + 1);
  else
    found.dict = words[-3];
#else
  found.dict = words[-3];
  found.values = reinterpret_cast<PyObject* const*>(words[-4]);
#endif
#if PY_VERSION_HEX < 0x030D0000
  if (found.values != nullptr && keys != nullptr) {
    found.count = static_cast<std::size_t>(keys->usable + keys->entries_count);
    const std::size_t prefix = reinterpret_cast<const unsigned char*>(found.values)[-1];
    found.block_bytes = prefix + found.count * sizeof(PyObject*);
  }
#endif
  if (keys != nullptr && static_cast<std::size_t>(keys->entries_count) < found.count)
    found.count = static_cast<std::size_t>(keys->entries_count);
  return found;
}

/// The heads of the collector's lists: where each lies, and how many there are.
struct CollectorLists {
  static constexpr unsigned kMost = 5;
  std::uintptr_t heads[kMost];
  unsigned count = 0;
  std::uintptr_t permanent = 0;  ///< the head of what gc.freeze() has set aside; 0: nothing
};

extern "C" const std::size_t heapwise_collector_lists[CollectorLists::kMost];
extern "C" const std::size_t heapwise_collector_threshold;
extern "C" const std::size_t heapwise_free_list_areas[5][2];

/// The lists of an interpreter; none when they are not where this build expects them.
CollectorLists collector_lists(PyInterpreterState* interpreter, int first_threshold) noexcept;

}  // namespace heapwise::cpython
