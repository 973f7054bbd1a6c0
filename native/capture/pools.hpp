// Pools that libraries bring along: how much of their mappings is in memory.
#pragma once

#include <cstdint>

namespace heapwise {

/// Looks at the pages of all pools (mappings made with MAP_NORESERVE) and counts what changed for
/// the sites that mapped them. Looking may take 1/50 of the time: nothing happens before it is due,
/// unless `now` is wanted. Caller holds the sessions lock, not the recorder's.
void look_at_pools(bool now) noexcept;

}  // namespace heapwise
