// The mappings of a process, as the kernel tells them, and what of each is resident.
// No Python, no malloc, no exceptions.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "base/growing.hpp"
#include "container/column_writer.hpp"
#include "model/strings.hpp"

namespace heapwise {

/// What a mapping may be used for. Part of the file format.
enum MappingFlags : std::uint32_t { kReadable = 1, kWritable = 2, kExecutable = 4, kShared = 8 };

struct Mapping {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t rss_bytes = 0;
  std::uint64_t pss_bytes = 0;
  std::uint64_t private_bytes = 0;
  std::uint64_t anonymous_bytes = 0;
  StringId name = 0;  ///< a file, or [heap], [stack], ...; 0: none
  std::uint32_t flags = 0;
};

/// Reads /proc/PID/smaps: what can be read of it. False when there is no memory.
bool read_mappings(pid_t process, StringTable& names, Growing<Mapping>& mappings) noexcept;

/// The mappings of the process that this one was forked from, as they were at the fork: anonymous
/// pages as the child has them (they were copied as they stood), pages of files as the parent has
/// them now (a child begins without). Of no child: those of the process itself.
bool read_mappings_at_fork(pid_t parent, StringTable& names, Growing<Mapping>& mappings) noexcept;
void write_mappings(ColumnWriter& writer, const Growing<Mapping>& mappings) noexcept;

}  // namespace heapwise
