// The callback by which the interpreter tells of its collections.
#pragma once

struct _object;

namespace heapwise::cpython {

/// A new reference to what belongs into `gc.callbacks`; nullptr with an exception set.
_object* collector_callback() noexcept;

}  // namespace heapwise::cpython
