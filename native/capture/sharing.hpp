// What a forked process still shares with the one that it was forked from, over time. A page is
// shared until one of them writes to it: a reference count, the header of the collector. No Python,
// no malloc, no exceptions, no lock: rows are claimed by number, and never changed again.
#pragma once

#include <cstdint>

namespace heapwise {

/// When a row was taken. Part of the file format.
enum class ShareMoment : std::uint32_t {
  kStart = 0,
  kMeanwhile = 1,
  kBeforeCollection = 2,
  kAfterCollection = 3,
  kEnd = 4,
};

struct Share {
  std::uint64_t time_ms;
  std::uint64_t rss_bytes;
  std::uint64_t private_bytes;  ///< written pages that nobody else has
  std::uint64_t shared_bytes;   ///< written pages that others have, too
  ShareMoment moment;
  std::uint32_t parent_here;  ///< whether the process that it was forked from was there
};

/// In a forked child: begins anew. Of other processes nothing is told.
void begin_sharing() noexcept;
/// Adds a row: some 10 ms for 500 MiB. Nothing where sharing was not begun, or when the table is
/// full.
void take_share(ShareMoment moment) noexcept;
/// The same when it is due: after half a second, and each time after twice as long.
void take_due_share(std::uint64_t now_ms) noexcept;
/// Around a full collection; only of the first few.
void take_share_of_collection(ShareMoment moment) noexcept;

std::uint32_t shares_count() noexcept;
const Share& share(std::uint32_t i) noexcept;

}  // namespace heapwise
