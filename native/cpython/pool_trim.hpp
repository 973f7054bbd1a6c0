// Gives the pages of pymalloc's empty pools back to the kernel.
#pragma once

#include <cstdint>

namespace heapwise::cpython {

struct PoolTrim {
  const char* refusal = nullptr;  ///< why nothing was done; nullptr: it was
  std::uint64_t pools_count = 0;
  std::uint64_t bytes = 0;  ///< of pages that were dropped; some may not have been resident
  bool more = false;        ///< whether the limit was reached first
};

/// Drops the pages of at most so many empty pools, all but those with their headers; of the next
/// call's there is a rest. The first call tests on blocks of its own that it does no harm. With the
/// GIL held; some 3 us a pool.
PoolTrim trim_pools(std::uint64_t most_count) noexcept;

}  // namespace heapwise::cpython
