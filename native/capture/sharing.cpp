#include "capture/sharing.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "capture/session.hpp"

namespace heapwise {

namespace {

constexpr std::uint32_t kMostShares = 64;
constexpr std::uint32_t kMostOfCollections = 8;  // four collections
constexpr std::uint64_t kFirstMs = 500;
constexpr std::uint64_t kLeastShared = 4 << 20;  // what less is not worth a look at each collection
constexpr std::size_t kRoom = 4096;

Share g_shares[kMostShares];
std::atomic<bool> g_whole[kMostShares];
std::atomic<std::uint32_t> g_claimed{0};
std::atomic<std::uint32_t> g_of_collections{0};
std::atomic<std::uint64_t> g_next_ms{0};
pid_t g_owner = 0;
pid_t g_parent = 0;

/// The figure behind a name at the beginning of a line, in bytes; 0 when it is not there.
std::uint64_t figure(const char* text, const char* name) noexcept {
  const char* found = std::strstr(text, name);
  if (found == nullptr) return 0;
  found += std::strlen(name);
  while (*found == ' ') ++found;
  std::uint64_t value = 0;
  while (*found >= '0' && *found <= '9')
    value = value * 10 + static_cast<std::uint64_t>(*found++ - '0');
  return value * 1024;
}

bool read_share(Share& share) noexcept {
  char text[kRoom];
  const int file = ::open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t got = ::read(file, text, sizeof text - 1);
  ::close(file);
  if (got <= 0) return false;
  text[got] = '\0';
  share.rss_bytes = figure(text, "\nRss:");
  share.private_bytes = figure(text, "\nPrivate_Dirty:");
  share.shared_bytes = figure(text, "\nShared_Dirty:");
  return true;
}

}  // namespace

void begin_sharing() noexcept {
  for (std::atomic<bool>& whole : g_whole) whole.store(false);
  g_claimed.store(0);
  g_of_collections.store(0);
  g_next_ms.store(kFirstMs);
  g_owner = ::getpid();
  g_parent = ::getppid();
  take_share(ShareMoment::kStart);
}

void take_share(ShareMoment moment) noexcept {
  if (g_owner == 0 || g_owner != ::getpid() || g_claimed.load() >= kMostShares) return;
  Share found{elapsed_ms(), 0, 0, 0, moment, ::getppid() == g_parent ? 1U : 0U};
  if (!read_share(found)) return;
  const std::uint32_t row = g_claimed.fetch_add(1);
  if (row >= kMostShares) return;
  g_shares[row] = found;
  g_whole[row].store(true, std::memory_order_release);
}

void take_due_share(std::uint64_t now_ms) noexcept {
  if (g_owner == 0 || now_ms < g_next_ms.load()) return;
  g_next_ms.store(2 * now_ms);
  take_share(ShareMoment::kMeanwhile);
}

void take_share_of_collection(ShareMoment moment) noexcept {
  if (shares_count() == 0 || g_owner != ::getpid() || g_shares[0].shared_bytes < kLeastShared ||
      g_of_collections.fetch_add(1) >= kMostOfCollections)
    return;
  take_share(moment);
}

std::uint32_t shares_count() noexcept {
  std::uint32_t count = 0;
  while (count < kMostShares && g_whole[count].load(std::memory_order_acquire)) ++count;
  return count;
}

const Share& share(std::uint32_t i) noexcept { return g_shares[i]; }

}  // namespace heapwise
