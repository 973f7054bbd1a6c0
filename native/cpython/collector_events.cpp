// What belongs into `gc.callbacks`: a function of C, so that a collection calls no Python code.
//
// To call it the interpreter makes a dict and some strings, on the line that happened to trigger
// the collection. The strings are taken off the books again (the dict comes from a free list).
#include "cpython/collector_events.hpp"

#include "cpython/layout.hpp"
#include "cpython/snapshot.hpp"

#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "capture/sharing.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::uint64_t kFullCollection = 2;

/// A string that was made for this call, and that goes with it.
void take_off_the_books(Recorder& recorder, PyObject* text) noexcept {
  if (!PyUnicode_CheckExact(text) || PyUnicode_CHECK_INTERNED(text) != 0 || Py_REFCNT(text) > 4)
    return;
  recorder.remove_as_never_been(reinterpret_cast<std::uintptr_t>(text));
}

std::uint64_t number_at(PyObject* info, const char* key) noexcept {
  PyObject* value = PyDict_GetItemString(info, key);
  if (value == nullptr || !PyLong_Check(value)) return 0;
  const long long number = PyLong_AsLongLong(value);
  if (number >= 0) return static_cast<std::uint64_t>(number);
  PyErr_Clear();
  return 0;
}

PyObject* collector_event(PyObject*, PyObject* const* arguments, Py_ssize_t count) noexcept {
  Recorder& recorder = g_recorder;
  Thread* thread = current_thread();
  if (count != 2 || thread == nullptr || recorder.mode.load() == Mode::kOff ||
      !PyUnicode_Check(arguments[0]) || PyUnicode_GET_LENGTH(arguments[0]) < 4 ||
      !PyDict_Check(arguments[1]))
    Py_RETURN_NONE;
  GuardScope guard(thread);
  PyObject* info = arguments[1];
  const bool starts = PyUnicode_READ_CHAR(arguments[0], 2) == 'a';  // "start", not "stop"
  const std::uint64_t ended_ns = monotonic_ns();
  std::uint64_t figures[3] = {};
  const std::uint64_t generation = number_at(info, "generation");
  if (starts && generation == kFullCollection)
    take_share_of_collection(ShareMoment::kBeforeCollection);
  if (!starts) {
    figures[0] = generation;
    figures[1] = number_at(info, "collected");
    figures[2] = number_at(info, "uncollectable");
  }
  const std::uint64_t now_ms = elapsed_ms();
  if (!recorder.enter(*thread)) Py_RETURN_NONE;
  if (recorder.mode.load() == Mode::kExact) {
    take_off_the_books(recorder, arguments[0]);
    Py_ssize_t at = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    while (PyDict_Next(info, &at, &key, &value) != 0) take_off_the_books(recorder, key);
  }
  if (!starts) recorder.collector.end(ended_ns, now_ms, figures[0], figures[1], figures[2]);
  if (starts) recorder.collector.begin(monotonic_ns());
  recorder.leave(*thread);
  if (!starts && generation == kFullCollection)
    take_share_of_collection(ShareMoment::kAfterCollection);
  if (!starts) take_due_snapshot();
  Py_RETURN_NONE;
}

PyMethodDef g_definition = {
    "collector_event", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(collector_event)),
    METH_FASTCALL, "Tells the recorder of a collection (for gc.callbacks)."};

}  // namespace

PyObject* collector_callback() noexcept {
  return PyCFunction_NewEx(&g_definition, nullptr, nullptr);
}

}  // namespace heapwise::cpython
