// The Python face of the recorder: thin. Status codes become return values that capture/ raises.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <cerrno>
#include <string>

#include "bind/graph.hpp"
#include "capture/children.hpp"
#include "capture/cpu_sampler.hpp"
#include "capture/malloc_trim.hpp"
#include "capture/native_hooks.hpp"
#include "capture/session.hpp"
#include "capture/unwinder.hpp"
#include "cpython/collector_events.hpp"
#include "cpython/heap_walk.hpp"
#include "cpython/line_tracer.hpp"
#include "cpython/object_size.hpp"
#include "cpython/pool_trim.hpp"
#include "cpython/pymem_hooks.hpp"
#include "cpython/self_test.hpp"
#include "cpython/snapshot.hpp"
#include "cpython/stack_sampler.hpp"
#include "cpython/walker.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace heapwise {
namespace {

nb::tuple start(bool sampled, double mean_bytes, const std::string& path, nb::bytes metadata,
                const std::string& cgroup_file, bool native_stacks) {
  StartOptions options;
  options.mode = sampled ? Mode::kSampled : Mode::kExact;
  options.mean_bytes = mean_bytes;
  options.native_stacks = native_stacks;
  options.thread_state = PyThreadState_Get();
  options.path = path.empty() ? nullptr : path.c_str();
  options.metadata = metadata.c_str();
  options.metadata_bytes = metadata.size();
  options.cgroup_file = cgroup_file.empty() ? nullptr : cgroup_file.c_str();
  errno = 0;
  const int scope = start_scope(options);
  return nb::make_tuple(scope, scope < 0 ? errno : 0);
}

nb::dict usage(int scope) {
  const Usage now = usage_of(scope);
  nb::dict result;
  result["in_use_bytes"] = now.in_use_bytes;
  result["peak_bytes"] = now.peak_bytes;
  result["total_bytes"] = now.total_bytes;
  result["allocations_count"] = now.total_count;
  result["rss_bytes"] = now.rss_bytes;
  result["peak_rss_bytes"] = now.peak_rss_bytes;
  result["duration_ms"] = now.duration_ms;
  result["own_bytes"] = now.own_bytes;
  result["own_ns"] = now.own_ns;
  return result;
}

/// What tests and `heapwise doctor` want to know of the machinery.
nb::dict internals() {
  nb::dict result;
  const Thread* thread = current_thread();
  const PatchReport patched = patch_report();
  result["allocator"] = cpython::allocator_name();
  result["arena_bytes"] = cpython::arena_bytes();
  result["walks_count"] = thread == nullptr ? 0 : thread->walks_count;
  result["frames_visited_count"] = thread == nullptr ? 0 : thread->frames_visited_count;
  result["checked_walks_count"] = cpython::g_checked_walks_count;
  result["wrong_walks_count"] = cpython::g_wrong_walks_count;
  result["patched_objects_count"] = patched.objects_count;
  result["patched_slots_count"] = patched.slots_count;
  result["live_blocks_count"] = g_recorder.ledger.live_count();
  result["ledger_bytes"] = g_recorder.ledger.used_bytes();
  result["mapped_ranges_count"] = g_recorder.ranges.count();
  result["own_mapped_bytes"] = g_own_mapped_bytes;
  result["lock_revocations_count"] = g_recorder.lock.revocations_count();
  result["sites_count"] = g_recorder.stacks.sites.size();
  result["cpu_rows_count"] = cpu_rows_count();
  result["nodes_count"] = g_recorder.stacks.nodes.size();
  return result;
}

void set_walk(const std::string& name) {
  using cpython::Walk;
  if (name == "marked")
    cpython::g_walk = Walk::kMarked;
  else if (name == "full")
    cpython::g_walk = Walk::kFull;
  else if (name == "public") {
    cpython::g_walk = Walk::kPublic;
    cpython::withdraw_stack_sampler();  // it reads frames by the layout that is not to be trusted
  } else if (name == "checked")
    cpython::g_walk = Walk::kChecked;
  else
    throw nb::value_error("the walk is one of marked, full, public, checked");
}

std::string self_test() {
  const char* fault = cpython::frame_self_test();
  return fault == nullptr ? "" : fault;
}

bool run_later(int (*function)(void*)) noexcept {
  return Py_AddPendingCall(function, nullptr) == 0;
}

/// (site, bytes) of each live block: pairs of u8, in no order. The file of a checkpoint tells the
/// sites.
nb::bytes live_blocks() {
  Thread* thread = current_thread();
  GuardScope guard(thread);
  Recorder& recorder = g_recorder;
  std::string pairs;
  if (thread == nullptr || !recorder.enter(*thread)) return nb::bytes("", 0);
  pairs.reserve(recorder.ledger.live_count() * 16);
  recorder.ledger.for_each([&](std::uint64_t, const Block& block) {
    if (block.site == 0) return;
    const std::uint64_t pair[2] = {block.site, block.size_bytes};
    pairs.append(reinterpret_cast<const char*>(pair), sizeof pair);
  });
  recorder.leave(*thread);
  return nb::bytes(pairs.data(), pairs.size());
}

/// (first line, rows) of a traced code: rows of three i8: runs, changed bytes, highest bytes.
nb::object line_rows(cpython::LineSession session, nb::handle code) {
  int first_line = 0;
  int rows_count = 0;
  const cpython::LineRow* rows = cpython::line_rows(session, code.ptr(), &first_line, &rows_count);
  if (rows == nullptr) return nb::none();
  const std::size_t bytes = static_cast<std::size_t>(rows_count) * sizeof(cpython::LineRow);
  return nb::make_tuple(first_line, nb::bytes(reinterpret_cast<const char*>(rows), bytes));
}

/// (errno or -1, nanoseconds for which the program stood still).
nb::tuple snapshot(const std::string& path, nb::bytes metadata, bool in_place, bool with_values) {
  std::uint64_t stood_still_ns = 0;
  const cpython::SnapshotRequest request{path.c_str(), metadata.c_str(), metadata.size(), in_place,
                                         with_values};
  const int error = cpython::take_snapshot(request, &stood_still_ns);
  return nb::make_tuple(error, stood_still_ns);
}

/// kind: off, last (a last one of the peak, if it is higher by now; then off), peak or every. False
/// when it cannot be set.
bool snapshot_when(const std::string& kind, std::uint64_t interval_ms, const std::string& stem,
                   nb::bytes metadata, bool with_values) {
  using cpython::Trigger;
  const Trigger trigger = kind == "peak"    ? Trigger::kPeak
                          : kind == "every" ? Trigger::kEvery
                                            : Trigger::kOff;
  if (kind == "last") cpython::take_last_peak();
  return cpython::set_trigger(trigger, interval_ms, stem.c_str(), metadata.c_str(), metadata.size(),
                              with_values);
}

/// (refusal, pools, bytes of their pages, whether there are more).
nb::tuple trim_pools(std::uint64_t most_count) {
  const cpython::PoolTrim done = cpython::trim_pools(most_count);
  return nb::make_tuple(done.refusal == nullptr ? "" : done.refusal, done.pools_count, done.bytes,
                        done.more);
}

/// Empty, or why nothing was done.
std::string trim_heap() {
  const char* refusal = malloc_trim_refusal();
  if (refusal != nullptr) return refusal;
  nb::gil_scoped_release others_go_on;
  trim_malloc();
  return "";
}

cpython::LineUsage line_usage(bool resident) noexcept {
  return resident ? cpython::LineUsage::kResident : cpython::LineUsage::kHeap;
}

int continue_child(const std::string& path, nb::bytes metadata) {
  return continue_in_child(path.c_str(), metadata.c_str(), metadata.size());
}

int expect(const std::string& stem, nb::bytes metadata) {
  return expect_children(stem.c_str(), metadata.c_str(), metadata.size());
}

}  // namespace
}  // namespace heapwise

NB_MODULE(_native, module) {
  using namespace heapwise;
  nb::set_leak_warnings(false);  // nothing of ours is said on the program's stderr
  g_install_hooks = cpython::install_pymem_hooks;
  g_arena_bytes = cpython::arena_bytes;
  g_run_later = run_later;
  g_on_tick = cpython::tick_trigger;
  cpython::lend_stack_sampler();
  g_interpreter_address = reinterpret_cast<const void*>(&PyObject_Malloc);
  module.doc() = "The native core of Heapwise.";
  module.attr("MAX_SCOPES") = kMaxScopes;
  module.def("start", &start, "sampled"_a, "mean_bytes"_a, "path"_a, "metadata"_a, "cgroup_file"_a,
             "native_stacks"_a = false,
             "Starts a scope; returns (scope, 0) or (StartError, errno).");
  module.def("stop", &stop_scope, "scope"_a, "Writes and ends a scope; returns 0 or an errno.");
  module.def("checkpoint", &checkpoint_scope, "scope"_a,
             "Writes a scope now; returns 0 or an errno.");
  module.def(
      "write_now", [](const std::string& path) { return write_now(path.c_str()); }, "path"_a,
      "Writes the figures of the process to a file besides; returns 0 or an errno.");
  module.def("usage", &usage, "scope"_a, "Live figures of a scope.");
  module.def("continue_in_child", &continue_child, "path"_a, "metadata"_a,
             "Goes on in a file of its own after a fork; returns 0 or an errno.");
  module.def("expect_children", &expect, "stem"_a, "metadata"_a,
             "What children shall write that C code forks; nothing without a stem.");
  module.attr("collector_event") = nb::steal(cpython::collector_callback());
  module.def(
      "snapshot", &snapshot, "path"_a, "metadata"_a, "in_place"_a = false, "with_values"_a = false,
      "Writes the heap as a graph; returns (errno or -1 if the walk crashed, ns stood still).");
  module.def("snapshot_when", &snapshot_when, "kind"_a, "interval_ms"_a, "stem"_a, "metadata"_a,
             "with_values"_a = false,
             "Sets when snapshots are taken of themselves: off, peak, every.");
  module.def("trim_pools", &trim_pools, "most_count"_a,
             "Drops the pages of empty pools; returns (refusal, pools, bytes, whether more).");
  module.def("trim_heap", &trim_heap, "malloc_trim(0); returns why not, or nothing.");
  module.def("live_blocks", &live_blocks, "Site and bytes of each live block, as pairs of u8.");
  module.def(
      "site_of", [](nb::handle object) { return cpython::block_of(object.ptr()).site; }, "object"_a,
      "The site that allocated an object; 0 when none is known.");
  module.def("new_line_session", &cpython::new_line_session, "A session of tracing by line.");
  module.def("drop_line_session", &cpython::drop_line_session, "session"_a,
             "Forgets a session and its rows.");
  module.def(
      "trace_code",
      [](cpython::LineSession session, nb::handle code, bool resident) {
        return cpython::trace_code(session, code.ptr(), line_usage(resident));
      },
      "session"_a, "code"_a, "resident"_a, "Chooses a code object for tracing by line.");
  module.def("begin_line_trace", &cpython::begin_line_trace, "session"_a,
             "Begins tracing in this thread.");
  module.def("end_line_trace", &cpython::end_line_trace, "session"_a,
             "Ends tracing in this thread.");
  module.def("line_trace_runs", &cpython::line_trace_runs, "Whether this thread is tracing.");
  module.def("line_rows", &line_rows, "session"_a, "code"_a,
             "What the lines of a code did: (first line, rows of runs, changed, highest).");
  module.def(
      "line_usage_bytes",
      [](bool resident) { return cpython::line_usage_bytes(line_usage(resident)); }, "resident"_a,
      "Memory in use, as the tracer reads it.");
  module.def("self_test", &self_test, "Empty when frames are laid out as compiled in.");
  module.def(
      "recording", [] { return g_recorder.mode.load() != Mode::kOff; },
      "Whether this process is being recorded.");
  module.def("set_walk", &set_walk, "name"_a,
             "How stacks are read: marked, full, public, checked.");
  bind_graph(module);
  module.def("internals", &internals, "Figures for tests and doctor.");
}
