#include "cpython/heap_walk.hpp"

#include <cstdio>
#include <cstring>
#include <limits>

#include "base/read_memory.hpp"
#include "capture/recorder.hpp"
#include "cpython/object_edges.hpp"
#include "cpython/object_facts.hpp"
#include "cpython/object_size.hpp"
#include "cpython/text.hpp"

namespace heapwise::cpython {

namespace {

/// The first types of every snapshot: nodes that are no objects.
enum Synthetic : std::uint32_t { kRoot, kThread, kFrame, kStatic, kNative, kGarbage, kLibrary };
const char* const kSyntheticNames[] = {
    "<root>",    "<thread>", "<frame>", "<static types>", "<held by native code>",
    "<garbage>", "<library>"};
constexpr std::size_t kLongestTypeName = 240;

std::uint32_t count_of(PyObject* object) noexcept {
#if PY_VERSION_HEX >= 0x030C0000
  const auto count = static_cast<std::uint32_t>(object->ob_refcnt);
  if (static_cast<std::int32_t>(count) < 0) return kImmortal;
  return count;
#else
  // Objects that were frozen into the interpreter carry this count.
  if (object->ob_refcnt >= 900'000'000) return kImmortal;
  return static_cast<std::uint32_t>(object->ob_refcnt);
#endif
}

class Walker {
 public:
  Walker(const WalkInput& input, HeapGraph& graph) noexcept
      : input_(input), g_(graph), edges_(input, graph.strings) {}

  ~Walker() { type_rows_.release(); }
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  bool walk() noexcept {
    for (const char* name : kSyntheticNames) {
      g_.types.push(TypeRow{edges_.intern(name), 0});
      fact_kinds_.push(FactKind::kNone);
    }
    const std::uint32_t root = synthetic_node(kRoot);
    threads();
    const std::uint32_t modules = id_of(input_.modules);
    const std::uint32_t builtins = id_of(input_.builtins);
    process_all();
    // From here on, what is met has not been reached by any root of the interpreter's.
    late_ = g_.nodes_count();
    collector_objects();
    listed_ = g_.nodes_count();
    guessed_objects();
    weak_referents();
    process_all();
    late_reached_ = 1;
    if (g_.out_of_memory) return false;
    for (const std::uint32_t held : {modules, builtins})  // by the interpreter
      if (held != 0) g_.count_reference(held);
    name_singletons();
    attach_guesses();
    blind_objects();
    module_states();
    libraries();
    const std::uint32_t groups[] = {group(kStatic, static_types_), held_by_native_code(),
                                    garbage()};
    g_.begin_row();
    put_edge(modules, EdgeKind::kRoot, edges_.intern("sys.modules"), false);
    put_edge(builtins, EdgeKind::kRoot, edges_.intern("builtins"), false);
    put_all(thread_nodes_, "threads");
    put_all(libraries_, "libraries");
    const char* const names[] = {"static types", "native code", "garbage"};
    for (unsigned i = 0; i < 3; ++i)
      put_edge(groups[i], EdgeKind::kRoot, edges_.intern(names[i]), false);
    g_.end_row(root);
    if (input_.walked != nullptr) input_.walked(input_.walked_argument);
    return !g_.out_of_memory;
  }

 private:
  std::uint32_t synthetic_node(std::uint32_t type) noexcept {
    const std::uint32_t node = new_node(0);
    if (!g_.out_of_memory) g_.set_type(node, type);
    return node;
  }

  std::uint32_t new_node(std::uintptr_t address) noexcept {
    const std::uint32_t node = g_.add(address);
    if (node >= late_ && !reached_.push(late_reached_)) g_.out_of_memory = true;
    return node;
  }

  /// The node of an object, made when it is met first. 0 when there is no memory.
  std::uint32_t id_of(PyObject* object) noexcept {
    if (object == nullptr) return 0;
    const auto address = reinterpret_cast<std::uintptr_t>(object);
    std::uint32_t* slot = map_.slot(address);
    if (slot == nullptr || g_.out_of_memory) {
      g_.out_of_memory = true;
      return 0;
    }
    if (*slot == 0) return *slot = new_node(address);
    return g_.address(*slot) == address ? *slot : id_beside(address);
  }

  [[gnu::noinline]] std::uint32_t id_beside(std::uintptr_t address) noexcept {
    if (const std::uint32_t* found = map_.beside.find(AddressKey{address})) return *found;
    const std::uint32_t node = new_node(address);
    if (!map_.beside.insert(AddressKey{address}, node)) g_.out_of_memory = true;
    return node;
  }

  /// The node of an address that has one; 0 otherwise. Makes nothing.
  std::uint32_t known(std::uintptr_t address) noexcept {
    const std::uint32_t node = map_.look(address);
    if (node == 0 || g_.address(node) == address) return node;
    const std::uint32_t* found = map_.beside.find(AddressKey{address});
    return found == nullptr ? 0 : *found;
  }

  [[nodiscard]] PyObject* object(std::uint32_t node) const noexcept {
    return reinterpret_cast<PyObject*>(g_.address(node));
  }

  /// The edges that were collected last.
  void put_collected() noexcept {
    for (std::uint64_t i = 0; i < edges_.found.size(); ++i) {
      const auto& [target, kind, name, is_counted] = edges_.found[i];
      const auto address = reinterpret_cast<std::uintptr_t>(target);
      if (kind == EdgeKind::kWeak && late_ == kNotYet && known(address) == 0) {
        if (!weak_.push(WeakEdge{g_.edge_target.size(), address})) g_.out_of_memory = true;
        g_.put_edge(0, kind, name);
      } else {
        put_edge(id_of(target), kind, name, is_counted);
      }
    }
  }

  /// What weak references lead to, by edges that were left open: a root that leads to no more than
  /// a weak reference does not reach the object.
  void weak_referents() noexcept {
    for (std::uint64_t i = 0; i < weak_.size(); ++i)
      g_.edge_target[weak_[i].edge] = id_of(reinterpret_cast<PyObject*>(weak_[i].address));
  }

  /// holds: the edge is a reference that the target's count knows of.
  void put_edge(std::uint32_t target, EdgeKind kind, std::uint32_t name,
                bool holds = true) noexcept {
    if (target == 0) return;
    g_.put_edge(target, kind, name);
    if (holds && kind != EdgeKind::kWeak) g_.count_reference(target);
  }

  /// Edges of the root.
  void put_all(const Growing<std::uint32_t>& nodes, const char* name) noexcept {
    for (std::uint64_t i = 0; i < nodes.size(); ++i)
      put_edge(nodes[i], EdgeKind::kRoot, edges_.intern(name), false);
  }

  void process_all() noexcept {
    for (; next_ < g_.nodes_count() && !g_.out_of_memory; ++next_) {
      if (next_ + 8 < g_.nodes_count()) __builtin_prefetch(object(next_ + 8));
      if (g_.address(next_) != 0) process(next_);
    }
  }

  void process(std::uint32_t node) noexcept {
    PyObject* object = this->object(node);
    const Attributes attributes = attributes_of(object);
    ObjectSize size = size_of(object, attributes, input_);
    if (count_of(object) == kImmortal && is_static(g_.address(node))) size = ObjectSize{};
    note_table(node, object, size);
    g_.set_size(node, size.own_bytes, size.rounded_bytes);
    if (size.foreign_bytes != 0) g_.foreign.push(BytesRow{node, size.foreign_bytes});
    if (size.slack_bytes != 0) g_.slack.push(BytesRow{node, size.slack_bytes});
    const std::uint32_t type = type_row(Py_TYPE(object));
    g_.set_type(node, type);
    const FactKind kind = fact_kinds_[type];
    if (kind != FactKind::kNone) [[unlikely]]
      note_facts(node, facts_of(object, kind, attributes, input_));
    edges_.collect(object, attributes);
    g_.begin_row();
    put_collected();
    g_.end_row_in_order(node);
    label(node, object);
  }

  /// Whether an object is a static variable of the interpreter or a library, and in no block.
  [[nodiscard]] bool is_static(std::uintptr_t address) const noexcept {
    for (unsigned i = 0; i < input_.segments_count; ++i)
      if (address >= input_.segments[i].begin && address < input_.segments[i].end) return true;
    return false;
  }

  /// A container that has grown: its table was allocated elsewhere than itself.
  void note_table(std::uint32_t node, PyObject* object, const ObjectSize& size) noexcept {
    constexpr std::uint64_t kLeastTableBytes = 512;
    if (size.table == 0 || size.table_bytes < kLeastTableBytes) return;
    const SiteId site = block_at(size.table).site;
    const SiteId own_site = site == 0 ? 0 : block_of(object).site;
    if (own_site == 0 && site != 0) g_.grown_tables_bytes += size.table_bytes;
    if (site == 0 || site == own_site) return;
    g_.facts.push(FactRow{node, edges_.intern("table_site"), static_cast<std::int64_t>(site)});
    g_.table_sites.push(site);
  }

  void note_facts(std::uint32_t node, const FactList& list) noexcept {
    for (unsigned i = 0; i < list.count; ++i)
      g_.facts.push(FactRow{node, edges_.intern(list.facts[i].name), list.facts[i].value});
  }

  std::uint32_t type_row(PyTypeObject* type) noexcept {
    const AddressKey key{reinterpret_cast<std::uintptr_t>(type)};
    if (const std::uint32_t* found = type_rows_.find(key)) return *found;
    const auto row = static_cast<std::uint32_t>(g_.types.size());
    const std::uint32_t node = id_of(reinterpret_cast<PyObject*>(type));
    g_.types.push(TypeRow{type_name(type), node});
    fact_kinds_.push(fact_kind_of(type, input_));
    if (!type_rows_.insert(key, row)) g_.out_of_memory = true;
    if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) static_types_.push(node);
    return row;
  }

  StringId type_name(PyTypeObject* type) noexcept {
    if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) return edges_.intern(type->tp_name);
    char name[kLongestTypeName];
    std::size_t used = 0;
    Py_ssize_t at = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    while (type->tp_dict != nullptr && PyDict_Next(type->tp_dict, &at, &key, &value) != 0)
      if (is_text(key, "__module__") && PyUnicode_Check(value) && !is_text(value, "builtins")) {
        used = append(name, used, edges_.text(value));
        name[used++] = '.';
      }
    used = append(name, used,
                  edges_.text(reinterpret_cast<const PyHeapTypeObject*>(type)->ht_qualname));
    return g_.strings.intern(name, used);
  }

  std::size_t append(char* out, std::size_t used, StringId text) noexcept {
    if (text == 0) return used;
    const StringTable::Row& row = g_.strings[text];
    const std::size_t room = kLongestTypeName - used - 2;
    const std::size_t size = row.size_bytes < room ? row.size_bytes : room;
    std::memcpy(out + used, row.data, size);
    return used + size;
  }

  /// The value of a string or a number, for those who asked for values.
  bool label_value(std::uint32_t node, PyObject* object) noexcept {
    char text[kLongestTypeName];
    std::size_t used = 0;
    if (PyUnicode_CheckExact(object)) {
      text[used++] = '\'';
      used = append(text, used, edges_.text(object));
      text[used++] = '\'';
    } else if (PyLong_CheckExact(object)) {
      int overflow = 0;
      const long long value = PyLong_AsLongLongAndOverflow(object, &overflow);
      if (overflow != 0) return true;
      used = static_cast<std::size_t>(std::snprintf(text, sizeof text, "%lld", value));
    } else if (PyFloat_CheckExact(object)) {
      used = static_cast<std::size_t>(
          std::snprintf(text, sizeof text, "%.17g", PyFloat_AS_DOUBLE(object)));
    } else {
      return false;
    }
    g_.labels.push(LabelRow{node, g_.strings.intern(text, used)});
    return true;
  }

  /// Names of what has one.
  void label(std::uint32_t node, PyObject* object) noexcept {
    if (input_.with_values && label_value(node, object)) return;
    PyObject* name = nullptr;
    if (PyFunction_Check(object)) {
      name = reinterpret_cast<PyFunctionObject*>(object)->func_qualname;
    } else if (PyCode_Check(object)) {
      name = reinterpret_cast<PyCodeObject*>(object)->co_qualname;
    } else if (PyFrame_Check(object)) {
      const Frame* frame = frame_within(object);
      PyObject* code = frame == nullptr ? nullptr : executable_of(frame);
      if (code != nullptr && PyCode_Check(code))
        name = reinterpret_cast<PyCodeObject*>(code)->co_qualname;
    } else if (PyModule_Check(object)) {
      PyObject* dict = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(object) +
                                                     PyModule_Type.tp_dictoffset);
      Py_ssize_t at = 0;
      PyObject* key = nullptr;
      PyObject* value = nullptr;
      while (dict != nullptr && PyDict_Check(dict) && PyDict_Next(dict, &at, &key, &value) != 0)
        if (is_text(key, "__name__")) name = value;
    } else if (PyType_Check(object)) {
      const std::uint32_t row = type_row(reinterpret_cast<PyTypeObject*>(object));
      g_.labels.push(LabelRow{node, g_.types[row].name});
      return;
    }
    const StringId text = edges_.text(name);
    if (text != 0) g_.labels.push(LabelRow{node, text});
  }

  /// Constants that say something as the value of an attribute.
  void name_singletons() noexcept {
    const struct {
      PyObject* object;
      const char* name;
    } singletons[] = {{Py_None, "None"}, {Py_True, "True"}, {Py_False, "False"}};
    for (const auto& each : singletons)
      if (const std::uint32_t node = known(reinterpret_cast<std::uintptr_t>(each.object)))
        g_.labels.push(LabelRow{node, edges_.intern(each.name)});
  }

  void threads() noexcept {
    for (PyThreadState* state = PyInterpreterState_ThreadHead(input_.interpreter); state != nullptr;
         state = PyThreadState_Next(state)) {
      const std::uint32_t thread = synthetic_node(kThread);
      thread_nodes_.push(thread);
      char name[32];
      std::snprintf(name, sizeof name, "thread %lu", state->thread_id);
      g_.labels.push(LabelRow{thread, edges_.intern(name)});
      frames_.clear();
      for (Frame* frame = current_frame(state); frame != nullptr; frame = frame->previous) {
        if (is_shim(frame) || frame->owner == kOwnedByGenerator) continue;  // in its object
        PyObject* executable = executable_of(frame);
        if (executable == nullptr || !PyCode_Check(executable)) continue;
        // What takes the snapshot is none of the program's.
        if (ends_with(reinterpret_cast<PyCodeObject*>(executable)->co_filename,
                      "/heapwise/capture/snapshot.py"))
          continue;
        const std::uint32_t node = synthetic_node(kFrame);
        frames_.push(node);
        edges_.clear();
        edges_.collect_frame(frame);
        g_.begin_row();
        put_collected();
        g_.end_row(node);
        guess_stack(frame, node);
        const StringId text = edges_.text(reinterpret_cast<PyCodeObject*>(executable)->co_qualname);
        if (text != 0) g_.labels.push(LabelRow{node, text});
      }
      edges_.clear();
      edges_.add(state->dict, EdgeKind::kInternal, "thread dict");
      edges_.add(state->context, EdgeKind::kInternal, "context");
      edges_.add(state->async_gen_firstiter, EdgeKind::kInternal, "async generator hook");
      edges_.add(state->async_gen_finalizer, EdgeKind::kInternal, "async generator hook");
      for (auto* item = state->exc_info; item != nullptr; item = item->previous_item)
        edges_.add(item->exc_value, EdgeKind::kInternal, "handled exception");
      g_.begin_row();
      for (std::uint64_t i = 0; i < frames_.size(); ++i)
        put_edge(frames_[i], EdgeKind::kIndex, static_cast<std::uint32_t>(i));
      put_collected();
      g_.end_row(thread);
    }
  }

  /// The stack of a running frame has no known top: what lies above it is stale. Of its words those
  /// may be references that name a live block of the recording with plain data of a known type (the
  /// result of a call that is not stored yet), or what turns out to be a container of a builtin
  /// type that the collector knows (a list that is being built). attach_guesses() judges.
  void guess_stack(const Frame* frame, std::uint32_t node) noexcept {
    if (dead_slot(const_cast<Frame*>(frame)) != nullptr || frame->owner != kOwnedByThread) return;
    const auto* code = reinterpret_cast<const PyCodeObject*>(executable_of(frame));
    const std::uint64_t* bottom = frame->locals_and_stack + code->co_nlocalsplus;
    for (int i = 0; i < code->co_stacksize; ++i) {
      auto* object = reinterpret_cast<PyObject*>(bottom[i]);
      if (object == nullptr || (bottom[i] & 15) != 0) continue;
      guesses_.push(Guess{node, bottom[i], is_plain_dict(bottom[i]) || is_plain_block(object)});
    }
  }

  /// What the collector does not know, and the stack of a frame may hold.
  void guessed_objects() noexcept {
    for (std::uint64_t i = 0; i < guesses_.size(); ++i)
      if (guesses_[i].is_object) id_of(reinterpret_cast<PyObject*>(guesses_[i].address));
  }

  /// Whether a live block of the recording has plain data in it.
  [[nodiscard]] bool is_plain_block(PyObject* object) const noexcept {
    const std::uint64_t block_bytes = live_block_bytes(reinterpret_cast<std::uintptr_t>(object));
    return block_bytes >= sizeof(PyVarObject) && is_plain(Py_TYPE(object)) &&
           plain_bytes(object) <= block_bytes;
  }

  /// Whether a dict is there, which the collector does not know while it holds plain values: its
  /// table is a live block of the recording. The dict itself may come from a free list; one that is
  /// on it has no count of references, or a pointer in its place.
  static bool is_plain_dict(std::uintptr_t address) noexcept {
    constexpr Py_ssize_t kMostReferences = 1 << 28;
    constexpr unsigned kMostLog2 = 40;
    PyDictObject dict;  // what is stale may be gone
    if (!read_memory(address, &dict) || dict.ob_base.ob_type != &PyDict_Type ||
        dict.ma_values != nullptr || dict.ma_keys == nullptr)
      return false;
    const Py_ssize_t references = Py_REFCNT(reinterpret_cast<PyObject*>(&dict));
    if (references <= 0 || references > kMostReferences) return false;
    const std::uint64_t room = live_block_bytes(reinterpret_cast<std::uintptr_t>(dict.ma_keys));
    const auto* keys = reinterpret_cast<const DictKeys*>(dict.ma_keys);
    return room >= sizeof(DictKeys) && keys->log2_size <= kMostLog2 &&
           keys->log2_index_bytes <= kMostLog2 && room >= keys->block_bytes();
  }

  /// Of plain data: what can be the result of a call, and is large.
  [[nodiscard]] bool is_plain(const PyTypeObject* type) const noexcept {
    return type == &PyBytes_Type || type == &PyByteArray_Type || type == &PyUnicode_Type ||
           (type == input_.array_type && type != nullptr);
  }

  /// What plain data takes by its head. The block may be another one's by now, where the head of
  /// what was freed there still stands.
  [[nodiscard]] static std::uint64_t plain_bytes(PyObject* object) noexcept {
    if (Py_TYPE(object) != &PyBytes_Type && Py_TYPE(object) != &PyUnicode_Type)
      return static_cast<std::uint64_t>(Py_TYPE(object)->tp_basicsize);
    if (Py_TYPE(object) == &PyBytes_Type)
      return static_cast<std::uint64_t>(PyBytes_Type.tp_basicsize) +
             static_cast<std::uint64_t>(Py_SIZE(object));
    const auto length = static_cast<std::uint64_t>(PyUnicode_GET_LENGTH(object)) + 1;
    const auto width = static_cast<std::uint64_t>(PyUnicode_KIND(object));
    if (!PyUnicode_IS_COMPACT(object)) return sizeof(PyUnicodeObject);
    return length * width +
           (PyUnicode_IS_ASCII(object) ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject));
  }

  /// 0 of what is no block of the recording.
  static std::uint64_t live_block_bytes(std::uintptr_t address) noexcept {
    Thread* thread = current_thread();
    if (thread == nullptr || !g_recorder.enter(*thread)) return 0;
    Block block;
    const bool known = g_recorder.ledger.find(address, &block) && block.site != 0;
    g_recorder.leave(*thread);
    return known ? block.size_bytes : 0;
  }

  /// Guesses hold where an object lacks a reference.
  void attach_guesses() noexcept {
    for (std::uint64_t i = 0; i < guesses_.size(); ++i) {
      const std::uint32_t target = known(guesses_[i].address);
      if (target == 0 || unexplained_of(g_, target) == 0) continue;
      const PyTypeObject* type = Py_TYPE(object(target));
      const bool is_container = type == &PyList_Type || type == &PyDict_Type || type == &PySet_Type;
      if (!is_container && !is_plain(type)) continue;
      move_row(guesses_[i].frame);
      put_edge(target, EdgeKind::kInternal, edges_.intern("stack"));
      g_.end_row(guesses_[i].frame);
      reach(target);
    }
  }

  /// Copies a row to the end, so that more edges can follow.
  void move_row(std::uint32_t node) noexcept {
    const HeapGraph::Row row = g_.row(node);
    g_.begin_row();
    for (std::uint64_t e = row.first; e < row.end; ++e)
      put_edge(g_.edge_target[e], static_cast<EdgeKind>(g_.edge_kind[e]), g_.edge_name[e], false);
  }

  /// What the collector knows and no root reaches: held by native code, or garbage.
  void collector_objects() noexcept {
    const CollectorLists lists = collector_lists(input_.interpreter, input_.thresholds[0]);
    for (unsigned i = 0; i < lists.count; ++i) {
      const std::uintptr_t head = lists.heads[i];
      if (head == lists.permanent) frozen_ = g_.nodes_count();
      std::uintptr_t at = next_of(head);
      while (at != 0 && at != head && !g_.out_of_memory) {
        id_of(reinterpret_cast<PyObject*>(at + 16));
        at = next_of(at);
      }
    }
  }

  static std::uintptr_t next_of(std::uintptr_t header) noexcept {
    return *reinterpret_cast<const std::uintptr_t*>(header) & ~std::uintptr_t{3};
  }

  /// Of what no root reaches: what has more references than were found.
  std::uint32_t held_by_native_code() noexcept {
    Growing<std::uint32_t> found;
    for (std::uint32_t i = late_; i < g_.nodes_count(); ++i)
      if (!is_reached(i) && (refcount_of(g_, i) == kImmortal || unexplained_of(g_, i) != 0))
        found.push(i);
    for (std::uint64_t i = 0; i < found.size(); ++i) reach(found[i]);
    g_.native_count = found.size();
    return group(kNative, found);
  }

  /// The rest, which waits for the collector: what nothing refers to, then one of each ring.
  std::uint32_t garbage() noexcept {
    Growing<std::uint32_t> found;
    for (const bool rings : {false, true})
      for (std::uint32_t i = late_; i < g_.nodes_count(); ++i)
        if (!is_reached(i) && (rings || g_.in_edges(i) == 0)) {
          found.push(i);
          reach(i);
          if (i >= frozen_ && i < listed_) g_.facts.push(FactRow{i, edges_.intern("frozen"), 1});
        }
    g_.garbage_count = found.size();
    return group(kGarbage, found);
  }

  std::uint32_t library_node(const char* name) noexcept {
    const std::uint32_t node = synthetic_node(kLibrary);
    g_.labels.push(LabelRow{node, edges_.intern(name)});
    libraries_.push(node);
    g_.begin_row();
    return node;
  }

  /// References that no object holds, found in the static variables of a library: constants of
  /// Cython modules, the interpreter's own state. Only objects that lack a reference are looked
  /// for, and none gets more than it lacks.
  void libraries() noexcept {
    const char* library = nullptr;
    std::uint32_t node = 0;
    for (unsigned i = 0; i < input_.segments_count; ++i) {
      const Segment& segment = input_.segments[i];
      if (segment.library != library) {
        library = segment.library;
        const char* slash = std::strrchr(library, '/');
        node = library_node(slash == nullptr ? library : slash + 1);
      }
      scan(segment.begin, segment.end, node, "static variable");
    }
  }

  /// The same in the states that modules keep beside their objects.
  void module_states() noexcept {
    const std::uint32_t n = g_.nodes_count();
    for (std::uint32_t i = 0; i < n; ++i) {
      PyObject* object = this->object(i);
      if (object == nullptr || !PyModule_Check(object)) continue;
      const PyModuleDef* definition = PyModule_GetDef(object);
      const auto state = reinterpret_cast<std::uintptr_t>(PyModule_GetState(object));
      if (definition == nullptr || state == 0 || definition->m_size <= 0) continue;
      scan(state, state + static_cast<std::uint64_t>(definition->m_size),
           library_node(definition->m_name), "module state");
    }
  }

  /// The same in objects of types without a traverse function.
  void blind_objects() noexcept {
    const std::uint32_t n = g_.nodes_count();
    for (std::uint32_t node = 0; node < n; ++node) {
      PyObject* object = this->object(node);
      if (object == nullptr || !is_blind(object)) continue;
      scan(g_.address(node) + sizeof(PyObject),
           g_.address(node) + static_cast<std::uint64_t>(Py_TYPE(object)->tp_basicsize), node,
           "field", true);
    }
  }

  /// Objects of extensions: what they have no traverse function for, or do not tell it.
  [[nodiscard]] bool is_blind(PyObject* object) const noexcept {
    const PyTypeObject* type = Py_TYPE(object);
    if (type->tp_basicsize <= static_cast<Py_ssize_t>(sizeof(PyObject)) ||
        PyUnicode_Check(object) || PyFloat_Check(object))
      return false;
    if ((type->tp_flags & Py_TPFLAGS_HAVE_GC) == 0) return type->tp_itemsize == 0;
    constexpr Py_ssize_t kLargestScanned = 1024;
    return input_.class_traverse != nullptr && type->tp_traverse != input_.class_traverse &&
           type->tp_basicsize <= kLargestScanned && !is_well_known(object);
  }

  /// Objects of the interpreter's own types, which tell all.
  static bool is_well_known(PyObject* object) noexcept {
    return PyDict_Check(object) || PyTuple_Check(object) || PyList_Check(object) ||
           PyAnySet_Check(object) || PyFunction_Check(object) || PyCell_Check(object) ||
           PyType_Check(object) || PyModule_Check(object) || PyFrame_Check(object) ||
           PyGen_Check(object) || PyCoro_CheckExact(object) || PyWeakref_Check(object) ||
           PyMethod_Check(object) || PyTraceBack_Check(object);
  }

  /// Edges of a node to what lacks a reference, of the words in a range of memory; they follow its
  /// row, which has begun, or is moved when there is one.
  void scan(std::uintptr_t begin, std::uintptr_t end, std::uint32_t node, const char* name,
            bool moves = false) noexcept {
    unsigned next = 0;
    for (std::uintptr_t at = begin; at + 8 <= end; at += 8) {
      while (next < input_.free_lists_count && input_.free_lists[next].end <= at) ++next;
      if (next < input_.free_lists_count && input_.free_lists[next].begin <= at) {
        at = input_.free_lists[next].end - 8;
        continue;
      }
      const std::uintptr_t word = *reinterpret_cast<const std::uintptr_t*>(at);
      const std::uint32_t target = known(word);
      if (target == 0 || unexplained_of(g_, target) == 0) continue;
      if (moves) move_row(node);
      moves = false;
      put_edge(target, EdgeKind::kInternal, edges_.intern(name));
      g_.end_row(node);
      if (is_reached(node)) reach(target);
    }
  }

  [[nodiscard]] bool is_reached(std::uint32_t node) const noexcept {
    return node < late_ || reached_[node - late_] != 0;
  }

  void reach(std::uint32_t from) noexcept {
    if (is_reached(from)) return;
    reached_[from - late_] = 1;
    queue_.clear();
    queue_.push(from);
    for (std::uint64_t i = 0; i < queue_.size(); ++i) {
      const std::uint32_t node = queue_[i];
      const HeapGraph::Row row = g_.row(node);
      for (std::uint64_t e = row.first; e < row.end; ++e) {
        const std::uint32_t target = g_.edge_target[e];
        if (is_reached(target) || g_.edge_kind[e] == static_cast<std::uint8_t>(EdgeKind::kWeak))
          continue;
        reached_[target - late_] = 1;
        queue_.push(target);
      }
    }
  }

  /// A node of ours that refers to its members without holding them.
  std::uint32_t group(Synthetic type, const Growing<std::uint32_t>& members) noexcept {
    const std::uint32_t node = synthetic_node(type);
    g_.begin_row();
    for (std::uint64_t i = 0; i < members.size(); ++i)
      put_edge(members[i], EdgeKind::kIndex, static_cast<std::uint32_t>(i), false);
    g_.end_row(node);
    return node;
  }

  const WalkInput& input_;
  HeapGraph& g_;
  Edges edges_;
  AddressMap map_;
  IndexMap<AddressKey, std::uint32_t> type_rows_;
  Growing<std::uint32_t> static_types_, thread_nodes_, frames_, libraries_, queue_;
  /// A frame, and what its stack may hold.
  struct Guess {
    std::uint32_t frame;
    std::uintptr_t address;
    bool is_object;  ///< an object, whether the collector knows it or not
  };
  Growing<Guess> guesses_;
  Growing<FactKind> fact_kinds_;  ///< by type
  /// An edge whose target is not known yet.
  struct WeakEdge {
    std::uint64_t edge;
    std::uintptr_t address;
  };
  Growing<WeakEdge> weak_;
  static constexpr std::uint32_t kNotYet = 0xffffffffU;
  std::uint32_t late_ = kNotYet;  ///< nodes before this one were reached from a root
  /// Nodes from the first to before the second were met in the list of what gc.freeze() set aside.
  std::uint32_t frozen_ = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t listed_ = 0;
  Growing<std::uint8_t> reached_;  ///< of those from late_ on: whether a root leads to it
  std::uint8_t late_reached_ = 0;  ///< of such nodes that are made now
  std::uint32_t next_ = 0;
};

}  // namespace

std::uint32_t* AddressMap::slot(std::uintptr_t address) noexcept {
  const std::uint64_t region = address >> kRegionBits;
  if (region >= kRegionsCount) return nullptr;
  if (regions_ == nullptr) regions_ = static_cast<std::uint32_t**>(map_pages(kRegionsCount * 8));
  if (regions_ == nullptr) return nullptr;
  std::uint32_t*& slots = regions_[region];
  if (slots == nullptr) slots = static_cast<std::uint32_t*>(map_pages(kSlotsPerRegion * 4));
  return slots == nullptr ? nullptr : &slots[(address >> kSlotBits) & (kSlotsPerRegion - 1)];
}

std::uint32_t AddressMap::look(std::uintptr_t address) const noexcept {
  const std::uint64_t region = address >> kRegionBits;
  if (region >= kRegionsCount || (address & 15) != 0 || regions_ == nullptr ||
      regions_[region] == nullptr)
    return 0;
  return regions_[region][(address >> kSlotBits) & (kSlotsPerRegion - 1)];
}

AddressMap::~AddressMap() {
  for (std::uint64_t i = 0; regions_ != nullptr && i < kRegionsCount; ++i)
    if (regions_[i] != nullptr) unmap_pages(regions_[i], kSlotsPerRegion * 4);
  unmap_pages(regions_, regions_ == nullptr ? 0 : kRegionsCount * 8);
  beside.release();
}

std::uint32_t refcount_of(const HeapGraph& graph, std::uint32_t node) noexcept {
  auto* object = reinterpret_cast<PyObject*>(graph.address(node));
  const bool is_static =
      object != nullptr && PyType_Check(object) &&
      !PyType_HasFeature(reinterpret_cast<PyTypeObject*>(object), Py_TPFLAGS_HEAPTYPE);
  return object == nullptr || is_static ? kImmortal : count_of(object);
}

CollectorLists collector_lists(PyInterpreterState* interpreter, int first_threshold) noexcept {
  CollectorLists lists;
  const char* base = reinterpret_cast<const char*>(interpreter);
  int threshold = 0;
  std::memcpy(&threshold, base + heapwise_collector_threshold, sizeof threshold);
  if (threshold != first_threshold) return lists;  // not where this build expects it
  std::uintptr_t last = 0;
  for (std::size_t offset : heapwise_collector_lists) {
    if (offset == 0) break;
    last = reinterpret_cast<std::uintptr_t>(base + offset);
    const auto head = reinterpret_cast<std::uintptr_t>(base + offset);
    const std::uintptr_t next = *reinterpret_cast<const std::uintptr_t*>(head) & ~std::uintptr_t{3};
    if (next == 0) continue;
    const std::uintptr_t back =
        *reinterpret_cast<const std::uintptr_t*>(next + 8) & ~std::uintptr_t{3};
    if (back != head) return CollectorLists{};
    lists.heads[lists.count++] = head;
  }
  lists.permanent = last;
  return lists;
}

bool walk_heap(const WalkInput& input, HeapGraph& graph) noexcept {
  return Walker(input, graph).walk();
}

}  // namespace heapwise::cpython
