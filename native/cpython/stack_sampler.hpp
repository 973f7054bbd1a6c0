// Reads the frames of threads that go on running meanwhile: see capture/cpu_sampler.hpp.
#pragma once

namespace heapwise::cpython {

/// Lends the reader to the sampler. Nothing is lent where the kernel does not let a process read
/// itself, or where frames are not laid out as compiled in.
void lend_stack_sampler() noexcept;

/// Takes it back.
void withdraw_stack_sampler() noexcept;

}  // namespace heapwise::cpython
