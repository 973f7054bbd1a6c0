#include "cpython/object_size.hpp"

#include <semaphore.h>

#include <cstring>

namespace heapwise::cpython {

namespace {

std::uint64_t digits_of(PyObject* number) noexcept {
  const auto* fields = reinterpret_cast<const PyVarObject*>(number);
#if PY_VERSION_HEX >= 0x030C0000
  return static_cast<std::uint64_t>(fields->ob_size) >> 3;  // lv_tag
#else
  return static_cast<std::uint64_t>(fields->ob_size < 0 ? -fields->ob_size : fields->ob_size);
#endif
}

Blocks text_blocks(PyObject* text) noexcept {
  const auto length = static_cast<std::uint64_t>(PyUnicode_GET_LENGTH(text));
  if (PyUnicode_IS_ASCII(text)) return blocks(sizeof(PyASCIIObject) + length + 1);
  const auto width = static_cast<std::uint64_t>(PyUnicode_KIND(text));
  const auto* fields = reinterpret_cast<const PyCompactUnicodeObject*>(text);
  Blocks found = blocks(sizeof(PyCompactUnicodeObject) + (length + 1) * width);
  if (fields->utf8 != nullptr && fields->utf8_length > 0)
    found += blocks(static_cast<std::uint64_t>(fields->utf8_length) + 1);
  return found;
}

/// Slots of a frame with this code: locals, cells and stack.
std::uint64_t slots_of(const Frame* frame) noexcept {
  PyObject* executable = frame == nullptr ? nullptr : executable_of(frame);
  if (executable == nullptr || !PyCode_Check(executable)) return 0;
  const auto* code = reinterpret_cast<const PyCodeObject*>(executable);
  return static_cast<std::uint64_t>(code->co_nlocalsplus + code->co_stacksize);
}

/// How many items follow the fixed part of an object of a type with items. Generators and frames
/// have them without counting them.
std::uint64_t items_of(PyObject* object) noexcept {
  if (PyGen_Check(object) || PyCoro_CheckExact(object) || PyAsyncGen_CheckExact(object))
    return slots_of(reinterpret_cast<const Frame*>(reinterpret_cast<const char*>(object) +
                                                   heapwise_generator_frame_offset));
  if (PyFrame_Check(object)) return slots_of(frame_within(object));
  const Py_ssize_t items = Py_SIZE(object);
  return static_cast<std::uint64_t>(items < 0 ? -items : items);
}

bool is_named(const PyTypeObject* type, const char* name) noexcept {
  return std::strcmp(type->tp_name, name) == 0;
}

/// The type of this name that a type is or derives from; null where there is none.
const PyTypeObject* base_named(const PyTypeObject* type, const char* name) noexcept {
  while (type != nullptr && !is_named(type, name)) type = type->tp_base;
  return type;
}

/// The least size of a table that holds so many entries, as a power of two.
unsigned least_log2(std::uint64_t entries_count, std::uint64_t of, std::uint64_t at_most) noexcept {
  unsigned log2 = 3;
  while ((std::uint64_t{1} << log2) * at_most / of < entries_count) ++log2;
  return log2;
}

/// What a dict's table takes beyond the least one for its entries.
std::uint64_t slack_of_keys(const DictKeys* keys, Py_ssize_t used) noexcept {
  if (used == 0) return block_bytes(keys->block_bytes());
  const unsigned log2 = least_log2(static_cast<std::uint64_t>(used), 3, 2);
  const unsigned width = log2 < 8 ? 0 : log2 < 16 ? 1 : log2 < 32 ? 2 : 3;
  const std::size_t least = 32 + (std::size_t{1} << (log2 + width)) +
                            ((std::size_t{2} << log2) / 3) * keys->entry_bytes();
  const std::uint64_t now = block_bytes(keys->block_bytes());
  return now > block_bytes(least) ? now - block_bytes(least) : 0;
}

/// Blocks beside the object's own, and how much of them is room that holds nothing.
struct Payload {
  Blocks blocks;
  std::uint64_t slack_bytes = 0;
  const void* begin = nullptr;
  std::uint64_t foreign_bytes = 0;
};

/// The characters of an instance of a subclass of str: a block of their own.
Blocks characters_of(PyObject* text) noexcept {
  if (PyUnicode_IS_COMPACT(text)) return {};
  const auto* fields = reinterpret_cast<const PyCompactUnicodeObject*>(text);
  const auto width = static_cast<std::uint64_t>(PyUnicode_KIND(text));
  Blocks found = blocks((static_cast<std::uint64_t>(PyUnicode_GET_LENGTH(text)) + 1) * width);
  if (fields->utf8 != nullptr && fields->utf8_length > 0 &&
      static_cast<const void*>(fields->utf8) !=
          reinterpret_cast<const PyUnicodeObject*>(text)->data.any)
    found += blocks(static_cast<std::uint64_t>(fields->utf8_length) + 1);
  return found;
}

/// The list of an OrderedDict's entries and the table that finds them. Source:
/// Objects/odictobject.c, 3.11 to 3.14: behind the dict the first and last entry, the table and its
/// size; an entry is a key, a hash and two links.
Blocks order_of(PyObject* dict) noexcept {
  const auto* fields =
      reinterpret_cast<const std::uint64_t*>(reinterpret_cast<const PyDictObject*>(dict) + 1);
  const auto used =
      static_cast<std::uint64_t>(reinterpret_cast<const PyDictObject*>(dict)->ma_used);
  if (fields[2] == 0) return {};  // the table
  Blocks found = blocks(fields[3] * sizeof(void*));
  return found += blocks(4 * sizeof(void*), used);
}

/// The codes of a struct.Struct. Source: Modules/_struct.c, 3.11 to 3.14: head, size, length,
/// codes; a code is four words, and the first of the last one is 0.
Blocks codes_of(const std::uint64_t* fields) noexcept {
  constexpr std::uint64_t kMostCodes = 1 << 16;
  const auto* codes = reinterpret_cast<const std::uint64_t*>(fields[4]);
  std::uint64_t count = 0;
  while (codes != nullptr && count < kMostCodes && codes[count * 4] != 0) ++count;
  return codes == nullptr ? Blocks{} : blocks((count + 1) * 4 * sizeof(void*));
}

/// The children and attributes of an element of a tree of XML. Source: Modules/_elementtree.c,
/// 3.11 to 3.14: behind tag, text and tail a block of attributes, length, room, a pointer to the
/// children and four of them; more stand in a block of their own.
Blocks parts_of_element(const std::uint64_t* fields) noexcept {
  const auto* extra = reinterpret_cast<const std::uint64_t*>(fields[5]);
  if (extra == nullptr) return {};
  Blocks found = blocks(8 * sizeof(void*));
  const bool is_apart = extra[3] != reinterpret_cast<std::uintptr_t>(extra + 4);
  if (is_apart) found += blocks(extra[2] * sizeof(void*));
  return found;
}

/// Of types whose fields the headers show.
Payload payload_of(PyObject* object, const PyTypeObject* type) noexcept {
  if (PyDict_Check(object)) {
    const auto* dict = reinterpret_cast<const PyDictObject*>(object);
    const auto* keys = reinterpret_cast<const DictKeys*>(dict->ma_keys);
    if (keys->log2_size == 0) return {};  // the keys of all empty dicts
    if (keys->kind == 2) {                // shared: they count for the class
      const auto room = static_cast<std::uint64_t>(keys->usable + keys->entries_count);
#if PY_VERSION_HEX >= 0x030D0000
      const auto* values = reinterpret_cast<const unsigned char*>(dict->ma_values);
      if (values == nullptr || values[2] != 0) return {};  // embedded in an object
#endif
      return {blocks(((room + 9) & ~std::uint64_t{7}) + room * sizeof(PyObject*))};
    }
    Blocks table = blocks(keys->block_bytes());
    if (PyODict_Check(object)) table += order_of(object);
    return {table, slack_of_keys(keys, dict->ma_used), keys};
  }
  if (PyList_Check(object)) {
    const auto* list = reinterpret_cast<const PyListObject*>(object);
    if (list->allocated < 0) return {};  // being sorted: its items are the sort's
    const auto room = static_cast<std::uint64_t>(list->allocated);
    return {blocks(room * sizeof(PyObject*)),
            (room - static_cast<std::uint64_t>(Py_SIZE(object))) * sizeof(PyObject*),
            list->ob_item};
  }
  if (PyAnySet_Check(object)) {
    const auto* set = reinterpret_cast<const PySetObject*>(object);
    if (set->table == set->smalltable) return {};
    const auto room = static_cast<std::uint64_t>(set->mask) + 1;
    // A set grows when it is three fifths full.
    const unsigned least = least_log2(static_cast<std::uint64_t>(set->used), 5, 3);
    const std::uint64_t needed = std::uint64_t{1} << least;
    return {blocks(room * sizeof(setentry)), room > needed ? (room - needed) * sizeof(setentry) : 0,
            set->table};
  }
  if (PyByteArray_Check(object)) {
    const auto* bytes = reinterpret_cast<const PyByteArrayObject*>(object);
    const auto room = static_cast<std::uint64_t>(bytes->ob_alloc);
    return {blocks(room), room - static_cast<std::uint64_t>(Py_SIZE(object)), bytes->ob_bytes};
  }
  if (PyType_Check(object)) {
    const DictKeys* keys = shared_keys_of(reinterpret_cast<const PyTypeObject*>(object));
    return {keys == nullptr || keys->log2_size == 0 ? Blocks{} : blocks(keys->block_bytes())};
  }
  const auto* words = reinterpret_cast<const std::uint64_t*>(object);
  if (const PyTypeObject* base = base_named(type, "collections.deque")) {
    // dequeobject: head, leftblock, rightblock, leftindex, rightindex, state, maxlen, and from 3.11
    // on numfreeblocks, freeblocks: blocks of 64 elements and two links, of which each deque keeps
    // some that it has emptied: these are told as slack, and are none of its size: what is
    // kept so comes and goes, and would look like growth. Source: Modules/_collectionsmodule.c.
    constexpr Py_ssize_t kWithFreeBlocks = 27 * sizeof(void*);
    constexpr std::uint64_t kBlockBytes = 66 * sizeof(PyObject*);
    const std::uint64_t used = (words[5] + static_cast<std::uint64_t>(Py_SIZE(object)) + 63) / 64;
    const std::uint64_t kept = base->tp_basicsize == kWithFreeBlocks ? words[9] : 0;
    return {blocks(kBlockBytes, used), kept * block_bytes(kBlockBytes),
            reinterpret_cast<const void*>(words[3])};
  }
  if (base_named(type, "_pickle.Pickler") != nullptr && words[2] != 0) {
    // PicklerObject: head, memo; PyMemoTable: mt_mask, mt_used, mt_allocated, mt_table, of pairs.
    // Source: Modules/_pickle.c, 3.11 to 3.14.
    const auto* memo = reinterpret_cast<const std::uint64_t*>(words[2]);
    Blocks table = blocks(memo[2] * 2 * sizeof(void*));
    return {table += blocks(4 * sizeof(void*)), 0, reinterpret_cast<const void*>(memo[3])};
  }
  if (is_named(type, "_struct.Struct")) return {codes_of(words)};
  if (is_named(type, "xml.etree.ElementTree.Element")) return {parts_of_element(words)};
#if PY_VERSION_HEX < 0x030E0000
  // The lock of the system, in a block of its own (Python/thread_pthread.h: a semaphore).
  if (is_named(type, "_thread.lock") || is_named(type, "_thread.RLock"))
    return {words[2] == 0 ? Blocks{} : blocks(sizeof(sem_t))};
#endif
  // stringio: head, buf (UCS4), pos, string_size, buf_size; what it accumulates is an object, see
  // object_edges.cpp.
  if (is_named(type, "_io.StringIO")) {
    Blocks buffer = blocks(words[5] * 4);
#if PY_VERSION_HEX >= 0x030E0000
    if (words[7] != 0) buffer += blocks(56);  // a PyUnicodeWriter
#endif
    return {buffer, 0, reinterpret_cast<const void*>(words[2])};
  }
  if (base_named(type, "_ctypes._CData") != nullptr) {
    // CDataObject: head, b_ptr, b_needsfree, b_base, b_size.
    if (words[4] != 0) return {.blocks = {}, .foreign_bytes = words[5]};
    const bool owns = static_cast<std::uint32_t>(words[3]) != 0;
    return {owns && words[5] > 16 ? blocks(words[5]) : Blocks{}};
  }
  if (is_named(type, "array.array")) {
    struct Array {
      PyVarObject ob_base;
      char* items;
      Py_ssize_t allocated;
      const struct {
        char code;
        int item_bytes;
      }* description;
    };
    const auto* array = reinterpret_cast<const Array*>(object);
    const auto item_bytes = static_cast<std::uint64_t>(array->description->item_bytes);
    const auto room = static_cast<std::uint64_t>(array->allocated);
    const auto used = static_cast<std::uint64_t>(Py_SIZE(object));
    return {blocks(room * item_bytes), room > used ? (room - used) * item_bytes : 0, array->items};
  }
  return {};
}

}  // namespace

Block block_of(PyObject* object) noexcept {
  return block_at(reinterpret_cast<std::uintptr_t>(object) -
                  bytes_before(Py_TYPE(object), has_collector_header(object)));
}

Block block_at(std::uintptr_t address) noexcept {
  Block block;
  if (g_recorder.mode.load(std::memory_order_relaxed) == Mode::kOff) return block;
  Thread* thread = current_thread();
  if (thread == nullptr || !g_recorder.enter(*thread)) return block;
  g_recorder.ledger.find(address, &block);
  g_recorder.leave(*thread);
  return block;
}

ArrayShape shape_of(const ArrayFields* array, int numpy_major) noexcept {
  ArrayShape shape;
  if (array->descriptor == nullptr || numpy_major == 0) return shape;
  const char* descriptor = reinterpret_cast<const char*>(array->descriptor);
  std::memcpy(&shape.type_number, descriptor + 28, sizeof(int));
  shape.swapped = descriptor[26] == '>';
  if (numpy_major >= 2) {
    std::int64_t bytes = 0;
    std::memcpy(&bytes, descriptor + 40, sizeof bytes);
    shape.element_bytes = static_cast<std::uint64_t>(bytes);
  } else {
    int bytes = 0;
    std::memcpy(&bytes, descriptor + 32, sizeof bytes);
    shape.element_bytes = static_cast<std::uint64_t>(bytes);
  }
  shape.elements_count = 1;
  for (int i = 0; i < array->dimensions_count && i < 64; ++i)
    shape.elements_count *= static_cast<std::uint64_t>(array->dimensions[i]);
  return shape;
}

ObjectSize size_of(PyObject* object, const Attributes& attributes,
                   const WalkInput& input) noexcept {
  PyTypeObject* type = Py_TYPE(object);
  ObjectSize size;
  if (PyUnicode_CheckExact(object)) {
    const Blocks text = text_blocks(object);
    size.own_bytes = text.bytes;
    size.rounded_bytes = text.bytes - text.asked_bytes;
    return size;
  }
  if (PyType_Check(object) &&
      !PyType_HasFeature(reinterpret_cast<PyTypeObject*>(object), Py_TPFLAGS_HEAPTYPE))
    return size;  // static: no block of any allocator
  std::uint64_t bytes = static_cast<std::uint64_t>(type->tp_basicsize);
  if (PyLong_Check(object)) {
    bytes += (digits_of(object) + (PyLong_CheckExact(object) ? 0 : 1)) * 4;
    if (bytes < 28) bytes = 28;
  } else if (type->tp_itemsize != 0) {
    // PyType_GenericAlloc, by which instances of classes are made, and classes, adds one item.
    const std::uint64_t one_more =
        PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) || PyType_Check(object) ? 1 : 0;
    bytes += (items_of(object) + one_more) * static_cast<std::uint64_t>(type->tp_itemsize);
  }
  bytes += bytes_before(type, has_collector_header(object)) + attributes.inline_bytes;
  const Payload payload = payload_of(object, type);
  Blocks own = blocks(bytes);
  own += blocks(attributes.block_bytes);
  own += payload.blocks;
  if (PyUnicode_Check(object)) own += characters_of(object);
  size.slack_bytes = payload.slack_bytes;
  size.foreign_bytes = payload.foreign_bytes;
  size.table = reinterpret_cast<std::uintptr_t>(payload.begin);
  size.table_bytes = payload.blocks.bytes;
  if (PyMemoryView_Check(object)) {
    const Py_buffer* view = PyMemoryView_GET_BUFFER(object);
    if (view->len > 0) size.foreign_bytes = static_cast<std::uint64_t>(view->len);
  } else if (input.array_type != nullptr && PyType_IsSubtype(type, input.array_type) != 0) {
    const auto* array = reinterpret_cast<const ArrayFields*>(object);
    const ArrayShape shape = shape_of(array, input.numpy_major);
    const std::uint64_t data_bytes = shape.elements_count * shape.element_bytes;
    if ((array->flags & kArrayOwnsData) != 0)
      own += data_bytes <= 512 ? Blocks{(data_bytes + 23) & ~std::uint64_t{15}, data_bytes}
                               : blocks(data_bytes);
    else
      size.foreign_bytes = data_bytes;
  } else if (input.array_type != nullptr && is_record(type)) {
    const auto* record = reinterpret_cast<const RecordFields*>(object);
    if (record->base != nullptr) size.foreign_bytes = static_cast<std::uint64_t>(Py_SIZE(object));
  }
  size.own_bytes = own.bytes;
  size.rounded_bytes = own.bytes - own.asked_bytes;
  return size;
}

bool is_record(const PyTypeObject* type) noexcept {
  if (type->tp_basicsize != static_cast<Py_ssize_t>(sizeof(RecordFields))) return false;
  for (; type != nullptr; type = type->tp_base)
    if (std::strcmp(type->tp_name, "numpy.void") == 0) return true;
  return false;
}

}  // namespace heapwise::cpython
