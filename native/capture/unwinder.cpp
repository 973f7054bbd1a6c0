// Native frames, as an option: which functions of an extension led to an allocation.
#include "capture/unwinder.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <stdlib.h>

#include <cstdio>
#include <cstring>

namespace heapwise {

const void* g_interpreter_address = nullptr;

namespace {

struct Range {
  std::uintptr_t start = 0;
  std::uintptr_t end = 0;
  [[nodiscard]] bool holds(const void* address) const noexcept {
    const auto value = reinterpret_cast<std::uintptr_t>(address);
    return value >= start && value < end;
  }
};

/// The address range of the object that holds `inside`.
struct RangeSearch {
  const void* inside;
  Range found;
};

int visit(dl_phdr_info* info, std::size_t, void* argument) noexcept {
  auto& search = *static_cast<RangeSearch*>(argument);
  Range range{~std::uintptr_t{0}, 0};
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr) & header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    const std::uintptr_t start = info->dlpi_addr + header.p_vaddr;
    if (start < range.start) range.start = start;
    if (start + header.p_memsz > range.end) range.end = start + header.p_memsz;
  }
  if (!range.holds(search.inside)) return 0;
  search.found = range;
  return 1;
}

Range range_of(const void* inside) noexcept {
  RangeSearch search{inside, {}};
  ::dl_iterate_phdr(visit, &search);
  return search.found;
}

using Backtrace = int (*)(void**, int);
Backtrace g_backtrace = nullptr;
Range g_ourselves;
Range g_interpreter;

// Guarded by the recorder's lock. Keys are addresses, shifted to keep the low bits in the hash.
IndexMap<AddressKey, CodeId> g_native_codes;
struct NativeCode {
  const void* address;
  CodeId code;
};
ChunkedTable<NativeCode, 10, 1024> g_waiting;
std::uint32_t g_named_count = 0;

CodeId code_of(Recorder& recorder, const void* address) noexcept {
  const AddressKey key{reinterpret_cast<std::uintptr_t>(address) << 4};
  if (const CodeId* known = g_native_codes.find(key)) return *known;
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%p", address);
  const StringId name = recorder.stacks.strings.intern(text, static_cast<std::size_t>(length));
  const CodeId id = recorder.stacks.code(TripleKey{0, name, 0}, 0);
  if (id == kHiddenCode || !g_native_codes.insert(key, id)) return kHiddenCode;
  g_waiting.append(NativeCode{address, id});
  return id;
}

}  // namespace

bool prepare_unwinder() noexcept {
  if (g_backtrace != nullptr) return true;
  // libunwind caches its way through a function and is some fifty times faster than the C
  // library's.
  if (void* library = ::dlopen("libunwind.so.8", RTLD_NOW | RTLD_LOCAL))
    g_backtrace = reinterpret_cast<Backtrace>(::dlsym(library, "unw_backtrace"));
  if (g_backtrace == nullptr) g_backtrace = ::backtrace;
  void* warm[8];
  g_backtrace(warm, 8);  // the first call may load a library
  g_ourselves = range_of(reinterpret_cast<const void*>(&prepare_unwinder));
  if (g_interpreter_address != nullptr) g_interpreter = range_of(g_interpreter_address);
  return true;
}

void take_native_frames(Thread& thread) noexcept {
  thread.native_count = 0;
  if (g_backtrace == nullptr) return;
  void* found[Thread::kMostNativeFrames + 8];
  ++thread.guard;
  const int count = g_backtrace(found, Thread::kMostNativeFrames + 8);
  --thread.guard;
  int i = 0;
  // The hook, and the interpreter's allocator functions above it.
  while (i < count && (g_ourselves.holds(found[i]) || g_interpreter.holds(found[i]))) ++i;
  for (; i < count && !g_interpreter.holds(found[i]); ++i)
    if (thread.native_count < Thread::kMostNativeFrames)
      thread.native[thread.native_count++] = found[i];
}

SiteId native_frames_site(Recorder& recorder, Thread& thread, NodeId callers, Kind kind) noexcept {
  NodeId node = callers;
  for (std::uint32_t i = thread.native_count; i-- > 1;) {
    const CodeId code = code_of(recorder, thread.native[i]);
    if (code != kHiddenCode) node = recorder.stacks.node(node, code, 0);
  }
  const CodeId leaf = code_of(recorder, thread.native[0]);
  thread.native_count = 0;
  return leaf == kHiddenCode ? 0 : recorder.stacks.site(node, leaf, 0, kind);
}

void name_native_frames(Thread& self) noexcept {
  Recorder& recorder = g_recorder;
  const GuardScope guard(&self);
  for (; g_named_count < g_waiting.size(); ++g_named_count) {
    const NativeCode waiting = g_waiting[g_named_count];
    Dl_info info{};
    if (::dladdr(waiting.address, &info) == 0 || info.dli_fname == nullptr) continue;
    int status = -1;
    char* readable = info.dli_sname == nullptr
                         ? nullptr
                         : abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
    char offset[32];
    std::snprintf(offset, sizeof offset, "+0x%zx",
                  reinterpret_cast<std::uintptr_t>(waiting.address) -
                      reinterpret_cast<std::uintptr_t>(info.dli_fbase));
    const char* name = readable != nullptr         ? readable
                       : info.dli_sname != nullptr ? info.dli_sname
                                                   : offset;
    recorder.lock.enter(self.lock);
    CodeRow& row = recorder.stacks.codes[waiting.code];
    row.function = recorder.stacks.strings.intern(name, std::strlen(name));
    row.file = recorder.stacks.strings.intern(info.dli_fname, std::strlen(info.dli_fname));
    recorder.lock.leave(self.lock);
    ::free(readable);
  }
}

}  // namespace heapwise
