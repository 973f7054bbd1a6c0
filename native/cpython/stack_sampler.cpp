// Runs on the ticker's thread without the GIL. Every byte of the interpreter is read through the
// kernel into a copy, and every pointer in a copy is checked before it is followed: what was freed
// or changed meanwhile gives a stack that is left out, or an odd frame at its top, never a crash.
#include "cpython/stack_sampler.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <cstddef>
#include <type_traits>

#include "base/read_memory.hpp"
#include "cpython/code_reader.hpp"
#include "cpython/walker.hpp"

#include "capture/cpu_sampler.hpp"

namespace heapwise::cpython {

namespace {

bool copy(void* to, const void* from, std::size_t bytes) noexcept {
  return read_memory(from, to, bytes);
}

template <class T>
bool copy(T& to, const void* from) noexcept {
  return copy(&to, from, sizeof to);
}

/// Two places at once; how many bytes could be read, in this order.
std::size_t copy_both(void* to, const void* from, std::size_t bytes, void* to2, const void* from2,
                      std::size_t bytes2) noexcept {
  const iovec local[] = {{to, bytes}, {to2, bytes2}};
  const iovec remote[] = {{const_cast<void*>(from), bytes}, {const_cast<void*>(from2), bytes2}};
  const ssize_t got = ::process_vm_readv(::getpid(), local, 2, remote, 2, 0);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

constexpr std::size_t kFrameBytes = offsetof(Frame, locals_and_stack);

/// The top frame of a thread, and which thread the state is of.
const Frame* frame_of(const void* state, unsigned long* owner) noexcept {
  const auto* at = static_cast<const PyThreadState*>(state);
  const Frame* frame = nullptr;
#if PY_VERSION_HEX >= 0x030D0000
  const void* place = &at->current_frame;
  void* read = &frame;
#else
  std::remove_reference_t<decltype(*at->cframe)>* holder = nullptr;
  const void* place = &at->cframe;
  void* read = &holder;
#endif
  *owner = 0;
  if (copy_both(read, place, sizeof frame, owner, &at->thread_id, sizeof *owner) !=
      sizeof frame + sizeof *owner)
    return nullptr;
#if PY_VERSION_HEX < 0x030D0000
  if (holder == nullptr || !copy(frame, &holder->current_frame)) return nullptr;
#endif
  return frame;
}

/// Frame, instruction, locals and stack; see StackReading::place.
void read_place(const Frame* frame, std::uint64_t* place) noexcept {
  constexpr std::size_t kSlots = StackReading::kPlaceWords - 2;
  place[0] = reinterpret_cast<std::uintptr_t>(frame);
  for (unsigned i = 1; i < StackReading::kPlaceWords; ++i) place[i] = 0;
  if (frame == nullptr) return;
  if (copy_both(place + 1, &frame->instruction, sizeof *place, place + 2, frame->locals_and_stack,
                kSlots * sizeof *place) == (kSlots + 1) * sizeof *place)
    return;
  for (std::size_t slots = kSlots / 2; slots >= 4;
       slots /= 2)  // the last frame of a chunk has less room
    if (copy(place + 2, frame->locals_and_stack, slots * sizeof *place)) return;
}

bool has_moved(const void* state, const StackReading& reading) noexcept {
  std::uint64_t now[StackReading::kPlaceWords];
  unsigned long owner = 0;
  read_place(frame_of(state, &owner), now);
  for (unsigned i = 0; i < StackReading::kPlaceWords; ++i)
    if (now[i] != reading.place[i]) return true;
  return false;
}

/// Frames of a thread mostly lie one behind the other, callers below: one copy has dozens.
class FrameWindow {
 public:
  /// A copy of a frame without its stack; nullptr when it cannot be read.
  const Frame* at(const Frame* frame) noexcept {
    const auto address = reinterpret_cast<std::uintptr_t>(frame);
    if (address % alignof(Frame) != 0) return nullptr;
    if (address < start_ || address + kFrameBytes > end_) {
      end_ = address + kFrameBytes;
      start_ = end_ - kRoomBytes;
      if (!copy(room_, reinterpret_cast<const void*>(start_), kRoomBytes)) {
        start_ = address;
        if (!copy(room_, frame, kFrameBytes)) return end_ = 0, nullptr;
      }
    }
    return reinterpret_cast<const Frame*>(room_ + (address - start_));
  }

 private:
  static constexpr std::size_t kRoomBytes = round_up(4096, 8) + kFrameBytes;

  std::uintptr_t start_ = 0;
  std::uintptr_t end_ = 0;
  alignas(16) unsigned char room_[kRoomBytes + sizeof(Frame)];
};

bool read_stack(const void* state, StackReading& reading) noexcept {
  FrameWindow window;
  reading.count = 0;
  reading.deeper = false;
  reading.task_block = 0;
  // A state that was given back may be another thread's by now.
  unsigned long owner = 0;
  const Frame* top = frame_of(state, &owner);
  if (owner != reading.thread) return false;
  read_place(top, reading.place);
  const Frame* frame = nullptr;
  const Frame* callee = nullptr;
  bool callee_is_generator = false;
  unsigned left = 4 * StackReading::kMostFrames;  // a torn chain may run in a circle
  for (const Frame* at = top; at != nullptr && left != 0; at = frame->previous, --left) {
    frame = window.at(at);
    if (frame == nullptr) break;
    if (is_shim(frame)) continue;
    if (reading.count == StackReading::kMostFrames) {
      reading.deeper = true;
      break;
    }
    const auto* code = reinterpret_cast<const PyCodeObject*>(executable_of(frame));
    if (code == nullptr) continue;
    if (callee_is_generator && code == g_task_runner && reading.task_block == 0) {
      reading.task_block = generator_block(callee);
      reading.task_count = reading.count;
    }
    callee = at;
    callee_is_generator = frame->owner == kOwnedByGenerator;
    reading.frames[reading.count++] =
        RawFrame{reinterpret_cast<std::uintptr_t>(code), position_of(frame, code)};
  }
  return top != nullptr;
}

constexpr std::size_t kMostTextBytes = 4096;
// Guarded by the recorder's lock.
alignas(16) char g_code[sizeof(PyCodeObject)];
alignas(16) char g_file[kMostTextBytes];
alignas(16) char g_name[kMostTextBytes];
alignas(16) char g_lines[StringTable::kLongestBytes];

/// A copy of a str that keeps its characters behind its header, as names do; nullptr for others.
PyObject* copy_text(char* room, const PyObject* text) noexcept {
  auto* header = reinterpret_cast<PyASCIIObject*>(room);
  if (text == nullptr || !copy(room, text, sizeof(PyCompactUnicodeObject)) ||
      Py_TYPE(reinterpret_cast<PyObject*>(room)) != &PyUnicode_Type || !header->state.compact)
    return nullptr;
  const std::size_t start =
      header->state.ascii ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);
  const auto length = static_cast<std::size_t>(header->length);
  if (header->length < 0 || length > kMostTextBytes) return nullptr;
  const std::size_t bytes = start + (length + 1) * static_cast<std::size_t>(header->state.kind);
  if (bytes > kMostTextBytes || !copy(room, text, bytes)) return nullptr;
  // The object may have become another one between the two copies.
  const bool same =
      header->state.compact && header->length == static_cast<Py_ssize_t>(length) &&
      start + (length + 1) * static_cast<std::size_t>(header->state.kind) == bytes &&
      start == (header->state.ascii ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject)) &&
      Py_TYPE(reinterpret_cast<PyObject*>(room)) == &PyUnicode_Type;
  if (!same) return nullptr;
  return reinterpret_cast<PyObject*>(room);
}

PyObject* copy_bytes(char* room, std::size_t most, const PyObject* object) noexcept {
  auto* header = reinterpret_cast<PyBytesObject*>(room);
  constexpr std::size_t kStart = offsetof(PyBytesObject, ob_sval);
  if (object == nullptr || !copy(room, object, kStart) ||
      Py_TYPE(reinterpret_cast<PyObject*>(room)) != &PyBytes_Type)
    return nullptr;
  const Py_ssize_t size = header->ob_base.ob_size;
  if (size < 0 || static_cast<std::size_t>(size) > most - kStart ||
      !copy(room, object, kStart + static_cast<std::size_t>(size)) ||
      header->ob_base.ob_size != size ||
      Py_TYPE(reinterpret_cast<PyObject*>(room)) != &PyBytes_Type)
    return nullptr;
  return reinterpret_cast<PyObject*>(room);
}

/// Registers a code object so that its death will be told. It may have died before: so it is
/// looked at again afterwards, and forgotten unless it is alive. Whoever frees it from now on has
/// to wait for the section that we are in.
bool remember_code(Recorder& recorder, std::uintptr_t address, CodeId id) noexcept {
  if (!recorder.ledger.mark_code(address)) return false;
  recorder.enter_filter(address);
  recorder.code_ids.insert(AddressKey{address}, id + 1);
  PyObject head;
  const auto* before = reinterpret_cast<const PyCodeObject*>(g_code);
  const auto* object = reinterpret_cast<const PyCodeObject*>(address);
  std::int32_t first_line = 0;
  const bool alive = copy(head, object) && Py_REFCNT(&head) > 0 && Py_TYPE(&head) == &PyCode_Type &&
                     copy(first_line, &object->co_firstlineno) &&
                     first_line == before->co_firstlineno;
  if (!alive) recorder.code_ids.erase(AddressKey{address}, nullptr);
  return alive;
}

CodeId code_at(Recorder& recorder, std::uintptr_t address, bool* is_known) noexcept {
  // While we are in the section, no code object that is known here can be freed.
  if (const std::uint32_t* known = recorder.code_ids.find(AddressKey{address})) {
    *is_known = true;
    return *known - 1;
  }
  auto* code = reinterpret_cast<PyCodeObject*>(g_code);
  if (!copy(g_code, reinterpret_cast<const void*>(address), sizeof g_code) ||
      Py_TYPE(reinterpret_cast<PyObject*>(code)) != &PyCode_Type)
    return kHiddenCode;
  code->co_filename = copy_text(g_file, code->co_filename);
  code->co_qualname = copy_text(g_name, code->co_qualname);
  code->co_linetable = copy_bytes(g_lines, sizeof g_lines, code->co_linetable);
  if (code->co_filename == nullptr || code->co_qualname == nullptr) return kHiddenCode;
  const CodeId id = describe_code(recorder, code);
  *is_known = remember_code(recorder, address, id);
  return id;
}

}  // namespace

void lend_stack_sampler() noexcept {
  int probe = 0;
  const int value = 1;
  if (!copy(probe, &value) || probe != 1) return;
  g_read_stack = read_stack;
  g_has_moved = has_moved;
  g_code_at = code_at;
}

void withdraw_stack_sampler() noexcept { g_read_stack = nullptr; }

}  // namespace heapwise::cpython
