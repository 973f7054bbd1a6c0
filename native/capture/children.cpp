#include "capture/children.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "base/directory.hpp"
#include "base/pages.hpp"
#include "capture/session.hpp"

namespace heapwise {

namespace {

constexpr std::size_t kLongestStem = 3900;
constexpr unsigned kMostImages = 100;  ///< programs that one process has run, one after the other
constexpr std::uint64_t kMostEntries =
    4096;  ///< of the directory: who forks without end stops there

char g_stem[kLongestStem];
char* g_metadata = nullptr;
std::uint64_t g_metadata_bytes = 0;
bool g_due = false;

/// Overwrites the value after a key, which has room for it.
void fill_in(const char* key, const char* value, std::size_t width) noexcept {
  auto* found = static_cast<char*>(memmem(g_metadata, g_metadata_bytes, key, std::strlen(key)));
  if (found == nullptr) return;
  found += std::strlen(key);
  if (found + width <= g_metadata + g_metadata_bytes) std::memcpy(found, value, width);
}

void fill_in_facts() noexcept {
  char text[32];
  std::snprintf(text, sizeof text, "%*d", static_cast<int>(kPidWidth), ::getpid());
  fill_in("\"pid\":", text, kPidWidth);
  std::snprintf(text, sizeof text, "%*d", static_cast<int>(kPidWidth), ::getppid());
  fill_in("\"parent_pid\":", text, kPidWidth);
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  tm parts{};
  ::gmtime_r(&now.tv_sec, &parts);
  const std::size_t used = ::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  const auto thousandths = static_cast<unsigned>(now.tv_nsec / 1'000'000);
  std::snprintf(text + used, sizeof text - used, ".%03uZ", thousandths);
  fill_in("\"started_at\":\"", text, 24);
}

/// A name that no file has; false when there is none.
bool choose_path(char* path, std::size_t room) noexcept {
  for (unsigned image = 1; image <= kMostImages; ++image) {
    if (image == 1)
      std::snprintf(path, room, "%s.%d.hw", g_stem, ::getpid());
    else
      std::snprintf(path, room, "%s.%d-%u.hw", g_stem, ::getpid(), image);
    if (::access(path, F_OK) != 0) return true;
  }
  return false;
}

std::uint64_t entries_beside() noexcept {
  char directory[kLongestStem];
  std::strcpy(directory, g_stem);
  char* slash = std::strrchr(directory, '/');
  if (slash == nullptr) return 0;
  slash[slash == directory ? 1 : 0] = '\0';
  return count_entries(directory);
}

}  // namespace

int expect_children(const char* stem, const char* metadata, std::uint64_t bytes) noexcept {
  g_stem[0] = '\0';
  g_due = false;
  unmap_pages(g_metadata, round_up(g_metadata_bytes, kPageBytes));
  g_metadata = nullptr;
  g_metadata_bytes = 0;
  if (stem[0] == '\0' || bytes == 0) return 0;
  if (std::strlen(stem) + 32 > sizeof g_stem) return ENAMETOOLONG;
  g_metadata = static_cast<char*>(map_pages(round_up(bytes, kPageBytes)));
  if (g_metadata == nullptr) return ENOMEM;
  std::memcpy(g_metadata, metadata, bytes);
  g_metadata_bytes = bytes;
  std::strcpy(g_stem, stem);
  return 0;
}

void child_is_due() noexcept { g_due = g_stem[0] != '\0'; }
void child_is_settled() noexcept { g_due = false; }
bool is_child_due() noexcept { return g_due; }

void settle_due_child() noexcept {
  if (!g_due) return;
  g_due = false;
  const int saved_errno = errno;
  char path[kLongestStem + 64];
  if (entries_beside() <= kMostEntries && choose_path(path, sizeof path)) {
    fill_in_facts();
    continue_in_child(path, g_metadata, g_metadata_bytes);
  }
  errno = saved_errno;
}

}  // namespace heapwise
