// No Python, no malloc, no exceptions. Copies of memory that may not be there.
#pragma once

#include <sys/uio.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace heapwise {

/// Copies bytes; false when they are not all there.
inline bool read_memory(const void* from, void* to, std::size_t bytes) noexcept {
  const iovec local{to, bytes};
  const iovec remote{const_cast<void*>(from), bytes};
  return ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0) == static_cast<ssize_t>(bytes);
}

/// Copies what lies at an address; false when nothing does, or it is laid out at no whole word.
template <class Value>
bool read_memory(std::uintptr_t address, Value* value) noexcept {
  return address % alignof(void*) == 0 &&
         read_memory(reinterpret_cast<const void*>(address), value, sizeof *value);
}

}  // namespace heapwise
