// Asks the C library to give free memory back. It takes the lock of each arena in turn: never on a
// hot path.
#pragma once

namespace heapwise {

/// Why malloc_trim would do nothing or harm here: no glibc, or malloc is another library's. nullptr
/// when it may be called.
const char* malloc_trim_refusal() noexcept;

/// malloc_trim(0): whether it gave anything back.
bool trim_malloc() noexcept;

}  // namespace heapwise
