// No Python, no malloc, no exceptions. Copies of memory that may not be there.
#pragma once

#include <sys/uio.h>
#include <unistd.h>

#include <cstdint>

namespace heapwise {

/// Copies what lies at an address; false when nothing does, or it is laid out at no whole word.
template <class Value>
bool read_memory(std::uintptr_t address, Value* value) noexcept {
  const iovec local{value, sizeof *value};
  const iovec remote{reinterpret_cast<void*>(address), sizeof *value};
  return address % alignof(void*) == 0 &&
         ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0) == ssize_t{sizeof *value};
}

}  // namespace heapwise
