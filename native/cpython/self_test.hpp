// Does this interpreter lay out its frames as we were compiled to believe?
#pragma once

namespace heapwise::cpython {

/// Compares the caller's stack, read from the interpreter's structures, with the public frame API.
/// nullptr when they agree, else what differs. Needs the GIL; call it from several frames deep.
const char* frame_self_test() noexcept;

}  // namespace heapwise::cpython
