#include "cpython/object_contents.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash.hpp"
#include "base/resident.hpp"
#include "cpython/array_values.hpp"
#include "cpython/arrow_parts.hpp"
#include "cpython/arrow_texts.hpp"
#include "cpython/numerals.hpp"
#include "cpython/object_facts.hpp"
#include "cpython/object_size.hpp"
#include "cpython/plain_values.hpp"
#include "cpython/shared_parts.hpp"
#include "cpython/tree_parts.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::uint64_t kLeastArrayBytes = 64 << 10;
constexpr std::uint64_t kMostReadBytes = 4ULL << 30;  ///< of arrays, in all
constexpr std::uint64_t kLeastWideLength = 1000;
constexpr std::uint64_t kMostComparedBytes = 256ULL << 20;  ///< of bytes, by their parts

/// The bytes that make two objects equal, when they are of one type.
struct Content {
  const void* data = nullptr;
  std::uint64_t size = 0;
  std::uint64_t form = 0;  ///< what else must be the same: the width of characters, the dtype
};

/// How many bytes a text of wide characters would take as UTF-8.
std::uint64_t utf8_bytes(PyObject* text) noexcept {
  const int kind = PyUnicode_KIND(text);
  const void* data = PyUnicode_DATA(text);
  const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
  std::uint64_t bytes = 0;
  for (Py_ssize_t i = 0; i < length; ++i) {
    const Py_UCS4 c = PyUnicode_READ(kind, data, i);
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return bytes;
}

class Contents {
 public:
  Contents(const WalkInput& input, HeapGraph& graph) noexcept : input_(input), g_(graph) {}

  bool compare() noexcept {
    const std::uint32_t count = g_.nodes_count();
    if (!same_as_.make(count)) return false;
    std::uint64_t texts = 0;
    std::uint64_t tuples = 0;
    std::uint64_t numbers = 0;
    std::uint64_t plain = 0;
    if (!find_plain_types()) return false;
    for (std::uint32_t node = 0; node < count; ++node) {
      PyObject* object = object_of(node);
      if (object == nullptr) continue;
      const PyTypeObject* type = Py_TYPE(object);
      texts += type == &PyUnicode_Type || type == &PyBytes_Type;
      tuples += type == &PyTuple_Type;
      numbers += type == &PyLong_Type || type == &PyFloat_Type;
      plain += plain_kind(node) != PlainKind::kNone;
    }
    std::uint64_t room = 1024;
    while (room * 3 < std::max({texts, tuples, numbers, plain}) * 4) room *= 2;
    if (!table_.make(room)) return false;
    mask_ = room - 1;
    for (std::uint32_t node = 0; node < count; ++node) {
      PyObject* object = object_of(node);
      if (object == nullptr) continue;
      if (PyUnicode_CheckExact(object) || PyBytes_CheckExact(object))
        note(node, content_of(object));
      if (!PyUnicode_CheckExact(object)) continue;
      note_width(node, object);
      note_numeral(node, object);
    }
    for (std::uint64_t i = 0; i < room; ++i) table_[i] = 0;
    for (std::uint32_t node = 0; node < count; ++node)
      if (PyObject* object = object_of(node);
          object != nullptr && (PyLong_CheckExact(object) || PyFloat_CheckExact(object)))
        note_number(node, object);
    for (std::uint64_t i = 0; i < room; ++i) table_[i] = 0;
    for (std::uint32_t node = 0; node < count; ++node)
      if (PyObject* object = object_of(node); object != nullptr && PyTuple_CheckExact(object))
        note_tuple(node, object);
    if (plain != 0)
      for (std::uint64_t i = 0; i < room; ++i) table_[i] = 0;
    for (std::uint32_t node = 0; node < count; ++node) {
      PyObject* object = object_of(node);
      if (object == nullptr) continue;
      if (plain_kind(node) != PlainKind::kNone) note_plain(node);
      if (PyDict_CheckExact(object))
        note_grid(node, object);
      else if (PyDict_Check(object))
        note_counts(node, object);
      else if (PyList_CheckExact(object) || PyTuple_CheckExact(object))
        note_numbers(node, object);
      else if (is_array(object))
        note_array(node, object);
    }
    note_columns();
    note_streams();
    note_shared_parts();
    note_shared_planes();
    note_elements();
    for (std::uint64_t row = 0; row < g_.types.size(); ++row)
      if (const auto* type = reinterpret_cast<const PyTypeObject*>(object_of(g_.types[row].node));
          type != nullptr && g_.types[row].node != 0 && holds_only_references(type))
        fact(g_.types[row].node, "only_references", 1);
    return !out_of_memory_;
  }

 private:
  [[nodiscard]] PyObject* object_of(std::uint32_t node) const noexcept {
    return reinterpret_cast<PyObject*>(g_.address(node));
  }

  static Content content_of(PyObject* object) noexcept {
    if (PyBytes_CheckExact(object))
      return Content{PyBytes_AS_STRING(object),
                     static_cast<std::uint64_t>(PyBytes_GET_SIZE(object)), 99};
    if (!PyUnicode_CheckExact(object) || !PyUnicode_IS_READY(object)) return {};
    const auto width = static_cast<std::uint64_t>(PyUnicode_KIND(object));
    return Content{PyUnicode_DATA(object),
                   static_cast<std::uint64_t>(PyUnicode_GET_LENGTH(object)) * width, width};
  }

  void add_copy(std::uint32_t node, std::uint32_t of) noexcept {
    same_as_[node] = of;
    if (!g_.copies.push(CopyRow{node, of})) out_of_memory_ = true;
  }

  /// The first that is equal; 0: there is none before, this is it.
  template <class Equal>
  std::uint32_t first_equal(std::uint32_t node, std::uint64_t hash, const Equal& equal) noexcept {
    for (std::uint64_t i = hash & mask_;; i = (i + 1) & mask_) {
      const std::uint32_t other = table_[i];
      if (other == 0) {
        table_[i] = node;
        return 0;
      }
      if (equal(other)) return other;
    }
  }

  template <class Equal>
  void place(std::uint32_t node, std::uint64_t hash, const Equal& equal) noexcept {
    if (const std::uint32_t other = first_equal(node, hash, equal); other != 0)
      add_copy(node, other);
  }

  /// Of ints those of 64 bits: the words of larger ones are not told.
  void note_number(std::uint32_t node, PyObject* object) noexcept {
    std::uint64_t word = 0;
    if (!word_of(object, node, &word)) return;
    const std::uint32_t other = first_equal(node, word, [&](std::uint32_t before) {
      std::uint64_t its = 0;
      PyObject* number = object_of(before);
      return Py_TYPE(number) == Py_TYPE(object) && word_of(number, before, &its) && its == word;
    });
    if (other != 0 && !g_.equal_numbers.push(CopyRow{node, other})) out_of_memory_ = true;
  }

  void note(std::uint32_t node, const Content& content) noexcept {
    if (content.data == nullptr) return;
    place(node, hash_bytes(content.data, content.size, content.form), [&](std::uint32_t other) {
      const Content its = content_of(object_of(other));
      return its.form == content.form && its.size == content.size &&
             std::memcmp(its.data, content.data, content.size) == 0;
    });
  }

  /// A word that is the same for equal items of a tuple; false when they are no plain values.
  bool word_of(PyObject* item, std::uint32_t node, std::uint64_t* word) const noexcept {
    if (PyUnicode_CheckExact(item) || PyBytes_CheckExact(item)) {
      *word = same_as_[node] != 0 ? same_as_[node] : node;
    } else if (PyLong_CheckExact(item)) {
      int overflow = 0;
      const long long value = PyLong_AsLongLongAndOverflow(item, &overflow);
      if (overflow != 0) return false;
      *word = mix64(static_cast<std::uint64_t>(value) + 0x517cc1b727220a95ULL);
    } else if (PyFloat_CheckExact(item)) {
      const double value = PyFloat_AS_DOUBLE(item);
      std::memcpy(word, &value, sizeof value);
      *word = mix64(*word ^ 0x2545f4914f6cdd1dULL);
    } else if (item == Py_None || PyBool_Check(item)) {
      *word = reinterpret_cast<std::uintptr_t>(item);
    } else {
      return false;
    }
    return true;
  }

  /// The items' words, from the edges: they name the nodes. False when there are too many.
  static constexpr std::uint64_t kMostItems = 32;
  bool words_of(std::uint32_t node, std::uint64_t (&words)[kMostItems],
                std::uint64_t* count) const noexcept {
    const auto items = static_cast<std::uint64_t>(PyTuple_GET_SIZE(object_of(node)));
    if (items == 0 || items > kMostItems) return false;
    std::uint64_t found = 0;
    const HeapGraph::Row row = g_.row(node);
    for (std::uint64_t e = row.first; e < row.end; ++e) {
      if (g_.edge_kind[e] != static_cast<std::uint8_t>(EdgeKind::kIndex)) continue;
      const std::uint32_t target = g_.edge_target[e];
      if (found == kMostItems || !word_of(object_of(target), target, &words[found])) return false;
      ++found;
    }
    *count = found;
    return found == items;
  }

  void note_tuple(std::uint32_t node, PyObject*) noexcept {
    std::uint64_t words[kMostItems];
    std::uint64_t count = 0;
    if (!words_of(node, words, &count)) return;
    place(node, hash_bytes(words, count * 8, count), [&](std::uint32_t other) {
      std::uint64_t its[kMostItems];
      std::uint64_t its_count = 0;
      return words_of(other, its, &its_count) && its_count == count &&
             std::memcmp(its, words, count * 8) == 0;
    });
  }

  /// Which rows of types are dates, times or decimal numbers.
  bool find_plain_types() noexcept {
    const std::uint64_t count = g_.types.size();
    if (!plain_types_.make(count)) return false;
    for (std::uint64_t row = 0; row < count; ++row) {
      const std::uint32_t of = g_.types[row].node;
      plain_types_[row] = of != 0
                              ? plain_kind_of(reinterpret_cast<const PyTypeObject*>(object_of(of)))
                              : PlainKind::kNone;
    }
    return true;
  }

  [[nodiscard]] PlainKind plain_kind(std::uint32_t node) const noexcept {
    return plain_types_[g_.type(node)];
  }

  void note_plain(std::uint32_t node) noexcept {
    const PlainKind kind = plain_kind(node);
    const PlainWords own = plain_words_of(object_of(node), kind);
    if (own.count == 0) return;
    const std::uint64_t form = own.count << 8 | static_cast<std::uint64_t>(kind);
    place(node, hash_bytes(own.words, own.count * 8, form), [&](std::uint32_t other) {
      if (plain_kind(other) != kind) return false;
      const PlainWords its = plain_words_of(object_of(other), kind);
      return its.count == own.count && std::memcmp(its.words, own.words, own.count * 8) == 0;
    });
  }

  [[nodiscard]] bool is_array(PyObject* object) const noexcept {
    return input_.array_type != nullptr &&
           PyType_IsSubtype(Py_TYPE(object), input_.array_type) != 0;
  }

  void note_width(std::uint32_t node, PyObject* text) noexcept {
    if (!PyUnicode_IS_READY(text) || PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND) return;
    const auto length = static_cast<std::uint64_t>(PyUnicode_GET_LENGTH(text));
    if (length < kLeastWideLength) return;
    const std::uint64_t taken = length * static_cast<std::uint64_t>(PyUnicode_KIND(text));
    const std::uint64_t needed = utf8_bytes(text);
    if (needed < taken) fact(node, "wide_bytes", taken - needed);
  }

  /// Texts of one character, and those that are interned, are shared by all.
  void note_numeral(std::uint32_t node, PyObject* text) noexcept {
    if (!PyUnicode_IS_COMPACT_ASCII(text)) return;
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (length == 0) fact(node, "empty_text", 1);
    if (length < 2 || PyUnicode_CHECK_INTERNED(text) != 0) return;
    const auto* characters = static_cast<const char*>(PyUnicode_DATA(text));
    const Numeral numeral = numeral_of(characters, static_cast<std::size_t>(length));
    if (numeral != kNumeralsCount && !g_.numerals[numeral].push(node)) out_of_memory_ = true;
  }

  /// Of a table that counts: how many entries have come to zero.
  void note_counts(std::uint32_t node, PyObject* table) noexcept {
    constexpr Py_ssize_t kLeastEntries = 1000;
    if (PyDict_GET_SIZE(table) < kLeastEntries) return;
    Py_ssize_t at = 0;
    PyObject* value = nullptr;
    std::uint64_t zeros = 0;
    while (PyDict_Next(table, &at, nullptr, &value) != 0) {
      if (!PyLong_CheckExact(value)) return;
      int overflow = 0;
      zeros += PyLong_AsLongLongAndOverflow(value, &overflow) == 0 && overflow == 0;
    }
    if (zeros != 0) fact(node, "zero_entries", zeros);
  }

  /// Whether they are floats that float32 holds exactly, all of them.
  static bool are_float32(PyObject* const* items, Py_ssize_t size) noexcept {
    for (Py_ssize_t i = 0; i < size; ++i) {
      if (items[i] == nullptr || !PyFloat_CheckExact(items[i])) return false;
      const double value = PyFloat_AS_DOUBLE(items[i]);
      if (value == value && static_cast<double>(static_cast<float>(value)) != value) return false;
    }
    return true;
  }

  /// Of a list or a tuple of ints, or of floats, alone: how few bytes an item needs, where that is
  /// less than 8.
  void note_numbers(std::uint32_t node, PyObject* sequence) noexcept {
    constexpr Py_ssize_t kLeastItems = 64;
    const Py_ssize_t size = PySequence_Fast_GET_SIZE(sequence);
    if (size < kLeastItems) return;
    PyObject* const* items = PySequence_Fast_ITEMS(sequence);
    if (are_float32(items, size)) return fact(node, "item_bytes", 4);
    long long least = 0;
    long long most = 0;
    for (Py_ssize_t i = 0; i < size; ++i) {
      if (items[i] == nullptr || !PyLong_CheckExact(items[i])) return;
      int overflow = 0;
      const long long value = PyLong_AsLongLongAndOverflow(items[i], &overflow);
      if (overflow != 0) return;
      least = std::min(least, value);
      most = std::max(most, value);
    }
    for (const std::uint64_t bytes : {1, 2, 4}) {
      const long long half = 1LL << (8 * bytes - 1);
      const bool fits = least >= -half && most < half;
      if (!fits && (least < 0 || most >= 2 * half)) continue;
      fact(node, "item_bytes", bytes);
      if (!fits) fact(node, "item_unsigned", 1);
      return;
    }
  }

  /// Of a dict whose keys are places, tuples of as many ints: how many there are from the least to
  /// the largest of each, where not more than half of them are missing.
  void note_grid(std::uint32_t node, PyObject* dict) noexcept {
    constexpr Py_ssize_t kLeastEntries = 1000;
    constexpr Py_ssize_t kMostAxes = 4;
    constexpr long long kFarthest = 1LL << 30;
    if (PyDict_GET_SIZE(dict) < kLeastEntries) return;
    long long least[kMostAxes];
    long long most[kMostAxes];
    Py_ssize_t axes = 0;
    Py_ssize_t at = 0;
    PyObject* key = nullptr;
    while (PyDict_Next(dict, &at, &key, nullptr) != 0) {
      if (!PyTuple_CheckExact(key)) return;
      const Py_ssize_t size = PyTuple_GET_SIZE(key);
      if (axes == 0) {
        if (size < 2 || size > kMostAxes) return;
        axes = size;
        std::fill(least, least + axes, kFarthest);
        std::fill(most, most + axes, -kFarthest);
      }
      if (size != axes) return;
      for (Py_ssize_t axis = 0; axis < axes; ++axis) {
        PyObject* item = PyTuple_GET_ITEM(key, axis);
        if (!PyLong_CheckExact(item)) return;
        int overflow = 0;
        const long long value = PyLong_AsLongLongAndOverflow(item, &overflow);
        if (overflow != 0 || value < -kFarthest || value > kFarthest) return;
        least[axis] = std::min(least[axis], value);
        most[axis] = std::max(most[axis], value);
      }
    }
    const auto most_cells = 2 * static_cast<std::uint64_t>(PyDict_GET_SIZE(dict));
    std::uint64_t cells = 1;
    for (Py_ssize_t axis = 0; axis < axes && cells <= most_cells; ++axis)
      cells *= static_cast<std::uint64_t>(most[axis] - least[axis] + 1);
    if (cells <= most_cells) fact(node, "grid_cells", cells);
  }

  void note_array(std::uint32_t node, PyObject* object) noexcept {
    const auto* array = reinterpret_cast<const ArrayFields*>(object);
    const ArrayShape shape = shape_of(array, input_.numpy_major);
    const std::uint64_t size = shape.elements_count * shape.element_bytes;
    const bool owns = (array->flags & kArrayOwnsData) != 0;
    const bool plain = owns && (array->flags & (kArrayContiguous | kArrayFortran)) != 0;
    if (shape.type_number == kArrayOfObjects && plain && shape.elements_count >= 1000)
      fact(node, "objects_count", shape.elements_count);
    if (!plain || size < kLeastArrayBytes || array->data == nullptr || shape.swapped) return;
    if (shape.type_number == kUnicode) note_texts(node, array, shape, size);
    const auto bytes = static_cast<unsigned>(shape.element_bytes);
    const bool counted = shape.type_number >= kInt8 && shape.type_number <= kFloat64;
    if (!counted || read_bytes_ + size > kMostReadBytes || !is_resident(array->data, size)) return;
    read_bytes_ += size;
    const Values values = values_of(shape.type_number, bytes, array->data, shape.elements_count);
    fact(node, "element_bytes", bytes);
    fact(node, "elements_count", shape.elements_count);
    if (values.fits_bytes != 0) fact(node, "fits_bytes", values.fits_bytes);
    if (values.constant) fact(node, "constant", 1);
    if (values.far_off) fact(node, "far_off", 1);
    if (values.present_bytes != 0) fact(node, "present_bytes", values.present_bytes);
    fact(node, "zeros_count", values.zeros_count);
    note_columns(node, array, shape, values.fits_bytes);
    note_one_hot(node, array, shape, values.zeros_count);
    const std::uint64_t hash =
        hash_bytes(array->data, size, static_cast<std::uint64_t>(shape.type_number));
    for (std::uint64_t i = 0; i < arrays_.size(); ++i) {
      if (arrays_[i].hash != hash || arrays_[i].size != size) continue;
      const auto* other = reinterpret_cast<const ArrayFields*>(object_of(arrays_[i].node));
      if (shape_of(other, input_.numpy_major).type_number == shape.type_number &&
          std::memcmp(other->data, array->data, size) == 0)
        return add_copy(node, arrays_[i].node);
    }
    constexpr std::uint64_t kMostArrays = 4096;
    if (arrays_.size() < kMostArrays && !arrays_.push(ArrayRow{hash, size, node}))
      out_of_memory_ = true;
  }

  /// Of an array whose last axis says which of several: how many rows there are.
  void note_one_hot(std::uint32_t node, const ArrayFields* array, const ArrayShape& shape,
                    std::uint64_t zeros) noexcept {
    const int axes = array->dimensions_count;
    if (axes < 2 || (array->flags & kArrayContiguous) == 0) return;
    const auto columns = static_cast<std::uint64_t>(array->dimensions[axes - 1]);
    if (columns < 3) return;
    const std::uint64_t rows = shape.elements_count / columns;
    if (zeros != shape.elements_count - rows) return;
    const bool is_float = shape.type_number == kFloat32 || shape.type_number == kFloat64;
    const auto bytes = static_cast<unsigned>(shape.element_bytes);
    if (are_one_hot(array->data, rows, columns, bytes, is_float)) fact(node, "one_hot_rows", rows);
  }

  /// Of an array of one column, or of few and long rows, as pandas keeps columns: how many could be
  /// narrower.
  void note_columns(std::uint32_t node, const ArrayFields* array, const ArrayShape& shape,
                    unsigned whole_fits) noexcept {
    constexpr std::intptr_t kMostColumns = 4096;
    constexpr std::intptr_t kLeastRows = 1000;
    const int axes = array->dimensions_count;
    if (axes < 1 || axes > 2 || (array->flags & kArrayContiguous) == 0) return;
    const std::intptr_t columns = axes == 1 ? 1 : array->dimensions[0];
    const std::intptr_t length = array->dimensions[axes - 1];
    if (columns > kMostColumns || length < kLeastRows) return;
    const auto rows = static_cast<std::uint64_t>(length);
    const auto bytes = static_cast<unsigned>(shape.element_bytes);
    std::uint64_t of_width[5] = {};
    std::uint64_t of_digits = 0;
    for (std::intptr_t column = 0; column < columns; ++column) {
      const char* data = array->data + static_cast<std::uint64_t>(column) * rows * bytes;
      const unsigned fits =
          columns == 1 ? whole_fits : values_of(shape.type_number, bytes, data, rows).fits_bytes;
      if (fits != 0 && fits < bytes && fits <= 4)
        ++of_width[fits];
      else if (shape.type_number == kFloat64)
        of_digits += are_short_decimals(reinterpret_cast<const double*>(data), rows);
    }
    fact(node, "columns_count", static_cast<std::uint64_t>(columns));
    if (of_width[1] != 0) fact(node, "columns_of_1", of_width[1]);
    if (of_width[2] != 0) fact(node, "columns_of_2", of_width[2]);
    if (of_width[4] != 0) fact(node, "columns_of_4", of_width[4]);
    if (of_digits != 0) fact(node, "columns_of_digits", of_digits);
  }

  /// Of an array of fixed-width texts: how many characters are there.
  void note_texts(std::uint32_t node, const ArrayFields* array, const ArrayShape& shape,
                  std::uint64_t size) noexcept {
    if (read_bytes_ + size > kMostReadBytes || !is_resident(array->data, size)) return;
    read_bytes_ += size;
    const auto* characters = reinterpret_cast<const std::uint32_t*>(array->data);
    std::uint64_t used = 0;
    for (std::uint64_t i = 0; i < size / 4; ++i) used += characters[i] != 0;
    fact(node, "characters_count", used);
    fact(node, "texts_count", shape.elements_count);
  }

  /// Gives a function the row of each type that is in the graph, and the type.
  template <class Function>
  void for_each_type(Function function) noexcept {
    for (std::uint64_t row = 0; row < g_.types.size(); ++row)
      if (const std::uint32_t of = g_.types[row].node; of != 0)
        function(row, reinterpret_cast<const PyTypeObject*>(object_of(of)));
  }

  /// Gives a function the nodes of a type.
  template <class Function>
  void for_each_of(std::uint64_t row, Function function) noexcept {
    for (std::uint32_t node = 0; node < g_.nodes_count(); ++node)
      if (g_.type(node) == row && object_of(node) != nullptr) function(node);
  }

  /// Elements that are parts of a document.
  void note_elements() noexcept {
    TreeParts parts;
    for_each_type([this, &parts](std::uint64_t row, const PyTypeObject* type) {
      if (!TreeParts::is_element(type)) return;
      for_each_of(row, [this, &parts](std::uint32_t node) {
        const TreePart part = parts.of(object_of(node));
        if (part.tree_bytes == 0) return;
        fact(node, "part_bytes", part.part_bytes);
        fact(node, "tree_bytes", part.tree_bytes);
      });
    });
  }

  /// Columns that Arrow keeps.
  void note_columns() noexcept {
    ArrowTexts arrow;
    ArrowBuffers buffers(input_.array_type);
    for_each_type([this, &arrow, &buffers](std::uint64_t row, const PyTypeObject* type) {
      const ArrowKind kind = arrow_kind_of(type);
      if (kind == ArrowKind::kNone) return;
      for_each_of(row, [this, kind, &arrow, &buffers](std::uint32_t node) {
        buffers.add(object_of(node), kind, node);
        if (kind == ArrowKind::kChunked || kind == ArrowKind::kArray || kind == ArrowKind::kTable)
          note_column(node, kind, arrow);
      });
    });
    if (buffers.has_owners())
      for_each_type([this, &buffers](std::uint64_t row, const PyTypeObject* type) {
        if (type == &PyBytes_Type ||
            (input_.array_type != nullptr &&
             PyType_IsSubtype(const_cast<PyTypeObject*>(type), input_.array_type) != 0))
          for_each_of(row,
                      [this, &buffers](std::uint32_t node) { buffers.hold(g_.address(node)); });
      });
    buffers.sum_up();
    note_buffers(buffers);
  }

  /// The beginning of a StringIO. Source: Modules/_io/stringio.c, 3.11 to 3.14.
  struct Stream {
    PyObject head;
    const Py_UCS4* text;
    Py_ssize_t at;
    Py_ssize_t length;
    std::size_t room;
    int state;
  };

  /// Streams of text.
  void note_streams() noexcept {
    for_each_type([this](std::uint64_t row, const PyTypeObject* type) {
      if (is_stream(type)) for_each_of(row, [this](std::uint32_t node) { note_stream(node); });
    });
  }

  static bool is_stream(const PyTypeObject* type) noexcept {
    return std::strcmp(type->tp_name, "_io.StringIO") == 0 &&
           type->tp_basicsize >= static_cast<Py_ssize_t>(sizeof(Stream));
  }

  /// Of a StringIO that has been read from: what its text would take as a string (text_bytes of
  /// one that has been read to its end, unread_text_bytes of others).
  void note_stream(std::uint32_t node) noexcept {
    constexpr int kAccumulating = 2;
    const auto* stream = reinterpret_cast<const Stream*>(object_of(node));
    if (stream->state == kAccumulating || stream->text == nullptr || stream->length <= 0 ||
        static_cast<std::size_t>(stream->length) > stream->room)
      return;
    const auto length = static_cast<std::uint64_t>(stream->length);
    const std::uint64_t size = length * sizeof(Py_UCS4);
    if (read_bytes_ + size > kMostReadBytes || !is_resident(stream->text, size)) return;
    read_bytes_ += size;
    Py_UCS4 bits = 0;
    for (std::uint64_t i = 0; i < length; ++i) bits |= stream->text[i];
    fact(node, stream->at < stream->length ? "unread_text_bytes" : "text_bytes",
         length * (bits < 0x100     ? 1
                   : bits < 0x10000 ? 2
                                    : 4));
  }

  /// How much is shown of the large buffers of Arrow, where that is a small part, by the object
  /// that shows it.
  void note_buffers(ArrowBuffers& buffers) noexcept {
    constexpr std::uint64_t kLeastBufferBytes = 16 << 10;
    Growing<ArrowBuffers::Row> sums;  // by node, which a sum has as its place
    const std::uint64_t room = buffers.rows().size();
    for (std::uint64_t i = 0; buffers.complete() && i < room; ++i) {
      const ArrowBuffers::Row& row = buffers.rows()[i];
      const std::uint64_t shown = std::min(row.end_shown - row.first_shown, row.bytes);
      if (row.bytes < kLeastBufferBytes || row.bytes < ArrowBuffers::kLeastTimes * shown ||
          buffers.is_held(row))
        continue;
      if (sums.size() == 0 && !sums.make(room)) return;
      std::uint64_t place = row.node;
      while (sums[place % room].at != 0 && sums[place % room].node != row.node) ++place;
      ArrowBuffers::Row& sum = sums[place % room];
      if (row.bytes > sum.first_shown) sum.at = row.at;  // the largest
      sum.first_shown = std::max(sum.first_shown, row.bytes);
      sum.node = row.node;
      sum.bytes += row.bytes;
      sum.end_shown += shown;
    }
    for (std::uint64_t i = 0; i < sums.size(); ++i) {
      if (sums[i].at == 0) continue;
      fact(sums[i].node, "buffers_at", sums[i].at);
      fact(sums[i].node, "buffers_bytes", sums[i].bytes);
      fact(sums[i].node, "shown_bytes", sums[i].end_shown);
    }
  }

  void note_column(std::uint32_t node, ArrowKind kind, ArrowTexts& arrow) noexcept {
    const ColumnTexts texts = arrow.of(object_of(node), kind, kMostReadBytes - read_bytes_);
    if (texts.column_bytes < kLeastArrayBytes) return;
    read_bytes_ += std::min(texts.column_bytes, kMostReadBytes - read_bytes_);
    fact(node, "rows_count", texts.rows_count);
    fact(node, "column_bytes", texts.column_bytes);
    if (texts.values_count == 0) return;
    fact(node, "values_count", texts.values_count);
    fact(node, "values_bytes", texts.values_bytes);
  }

  /// Of large bytes how much stands in others, that came before, as well.
  void note_shared_parts() noexcept {
    SharedParts parts;
    std::uint64_t compared = 0;
    for (std::uint32_t node = 1; node < g_.nodes_count(); ++node) {
      PyObject* object = object_of(node);
      if (object == nullptr || !PyBytes_CheckExact(object) || same_as_[node] != 0) continue;
      const Content content = content_of(object);
      if (content.size < kLeastArrayBytes || compared + content.size > kMostComparedBytes) continue;
      compared += content.size;
      std::uint64_t shared = 0;
      if (!parts.add(static_cast<const unsigned char*>(content.data), content.size, node, &shared))
        return;  // what was told so far is true
      if (shared != 0) fact(node, "shared_bytes", shared);
    }
  }

  /// Of arrays of a few planes, as of frames that were stacked, how much stands in others, that
  /// came before, as well.
  void note_shared_planes() noexcept {
    constexpr Py_ssize_t kMostPlanes = 64;
    constexpr std::uint64_t kLeastPlaneBytes = 1 << 10;
    SharedParts parts;
    std::uint64_t compared = 0;
    for (std::uint32_t node = 1; node < g_.nodes_count(); ++node) {
      PyObject* object = object_of(node);
      if (object == nullptr || !is_array(object)) continue;
      const auto* array = reinterpret_cast<const ArrayFields*>(object);
      const unsigned wanted = kArrayOwnsData | kArrayContiguous;
      if ((array->flags & wanted) != wanted || array->dimensions_count < 2 ||
          array->dimensions[0] < 2 || array->dimensions[0] > kMostPlanes || array->data == nullptr)
        continue;
      const ArrayShape shape = shape_of(array, input_.numpy_major);
      const std::uint64_t size = shape.elements_count * shape.element_bytes;
      const auto count = static_cast<std::uint64_t>(array->dimensions[0]);
      if (shape.type_number == kArrayOfObjects || size / count < kLeastPlaneBytes ||
          compared + size > kMostComparedBytes)
        continue;
      if (size >= kLeastArrayBytes && !is_resident(array->data, size)) continue;
      compared += size;
      std::uint64_t shared = 0;
      if (!parts.add_parts(reinterpret_cast<const unsigned char*>(array->data), size / count, count,
                           shape.element_bytes, node, &shared))
        return;
      if (shared != 0) fact(node, "shared_planes_bytes", shared);
    }
  }

  void fact(std::uint32_t node, const char* name, std::uint64_t value) noexcept {
    const StringId text = g_.strings.intern(name, std::strlen(name));
    if (!g_.facts.push(FactRow{node, text, static_cast<std::int64_t>(value)}))
      out_of_memory_ = true;
  }

  struct ArrayRow {
    std::uint64_t hash;
    std::uint64_t size;
    std::uint32_t node;
  };

  const WalkInput& input_;
  HeapGraph& g_;
  Growing<std::uint32_t> same_as_;  ///< by node: the first that is equal; 0: none was before
  Growing<std::uint32_t> table_;    ///< nodes by the hash of what they hold
  Growing<ArrayRow> arrays_;
  Growing<PlainKind> plain_types_;  ///< by row of types
  std::uint64_t mask_ = 0;
  std::uint64_t read_bytes_ = 0;
  bool out_of_memory_ = false;
};

}  // namespace

bool compare_contents(const WalkInput& input, HeapGraph& graph) noexcept {
  return Contents(input, graph).compare();
}

}  // namespace heapwise::cpython
