// The ledger, the map of mappings and the lock: against brute force.
#include <pthread.h>

#include <map>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/biased_lock.hpp"
#include "capture/ledger.hpp"
#include "capture/ranges.hpp"
#include "tests/test.hpp"

using namespace heapwise;

void test_ledger() {
  for (unsigned seed = 0; seed < 20; ++seed) {
    Ledger ledger;
    std::map<std::uintptr_t, Block> truth;
    Random random(seed);
    // An address space of its own making: blocks of mixed sizes side by side, some far apart.
    const std::uintptr_t base = 0x7f0000000000ULL + (std::uintptr_t{seed} << 33);
    std::vector<std::uintptr_t> starts;
    std::uintptr_t at = base;
    for (int i = 0; i < 3000; ++i) {
      const std::uint64_t step = random.unit() < 0.02 ? 1 << 21 : random.between(1, 40) * 8;
      starts.push_back(at += step);
    }
    for (int i = 0; i < 60'000; ++i) {
      const std::uintptr_t address = starts[random.between(0, starts.size() - 1)];
      Block found;
      const bool known = ledger.find(address, &found);
      CHECK(known == truth.contains(address));
      if (known) CHECK(found == truth[address]);
      Block other;
      if (random.unit() < 0.5) {
        CHECK(ledger.erase(address, &other) == truth.contains(address));
        if (known) CHECK(other == truth[address]);
        truth.erase(address);
      } else {
        const std::uint64_t size =
            random.unit() < 0.1 ? random.between(32000, 1 << 20) : random.between(0, 600);
        const Block block{size, static_cast<SiteId>(random.between(1, 1 << 20)),
                          static_cast<Kind>(random.between(0, 3)), random.unit() < 0.1};
        CHECK(ledger.insert(address, block, &other));
        CHECK((other.site != 0) == known);
        if (known) CHECK(other == truth[address]);
        truth[address] = block;
      }
      CHECK(ledger.live_count() == truth.size());
    }
    std::map<std::uintptr_t, Block> listed;
    ledger.for_each([&](std::uint64_t address, const Block& block) { listed[address] = block; });
    CHECK(listed == truth);
    ledger.clear();
    CHECK(ledger.live_count() == 0);
  }
  // What a live block costs: below 32 bytes for every size from one granule up.
  for (std::uint64_t size : {16, 24, 33, 48, 64, 100, 256, 500, 1000, 2000, 4000}) {
    Ledger ledger;
    const std::uint64_t spacing = (size + 15) / 16 * 16;
    constexpr std::uint64_t kCount = 200'000;
    Block replaced;
    for (std::uint64_t i = 0; i < kCount; ++i)
      CHECK(ledger.insert(0x500000000000ULL + i * spacing, Block{size, 1, Kind::kPymalloc, false},
                          &replaced));
    const std::uint64_t directory = kCount * spacing / kPageBytes * 8;
    CHECK((ledger.used_bytes() + directory) / kCount < 32);
  }
  // Births are told apart over a thousand periods; what is older says so.
  Ledger ledger;
  constexpr std::uint32_t kPeriods = 2100;
  constexpr std::uint32_t kKnown = 1022;
  Block replaced;
  for (std::uint32_t period = 0; period <= kPeriods; ++period) {
    for (std::uint64_t size : {32, 40'000})
      CHECK(ledger.insert(0x600000000000ULL + period * 0x20000ULL + size * 2,
                          Block{size, 4'194'303, Kind::kMalloc, false}, &replaced));
    if (period < kPeriods) ledger.end_period();
    if (period % 300 != 0 && period != kPeriods) continue;
    for (std::uint32_t born = 0; born <= period; ++born)
      for (std::uint64_t size : {32, 40'000}) {
        Block block;
        CHECK(ledger.find(0x600000000000ULL + born * 0x20000ULL + size * 2, &block));
        CHECK(block.site == 4'194'303 && block.size_bytes == size);
        const std::uint32_t now = ledger.periods_count();
        const std::uint32_t told = ledger.birth_period(block);
        CHECK(told == born || (now - born > kKnown && told == now - kKnown - 1));
      }
  }
}

void test_ranges() {
  for (unsigned seed = 0; seed < 10; ++seed) {
    RangeMap ranges;
    std::vector<SiteId> pages(3000, 0);
    int count = 0;
    Random random(seed);
    for (int i = 0; i < 20'000; ++i) {
      const std::uint64_t first = random.between(0, pages.size() - 2);
      const std::uint64_t last =
          std::min<std::uint64_t>(pages.size(), first + random.between(1, 12));
      const auto site = static_cast<SiteId>(random.between(1, 9));
      std::uint64_t gone = 0;
      std::uint64_t expected = 0;
      for (std::uint64_t p = first; p < last; ++p) expected += pages[p] != 0 ? kPageBytes : 0;
      const auto erased = [&](const MappedRange& cut, int whole) {
        count -= whole;
        CHECK(cut.start < cut.end);
        for (std::uint64_t p = cut.start / kPageBytes; p < cut.end / kPageBytes; ++p)
          CHECK(pages[p] == cut.site);
        gone += cut.end - cut.start;
      };
      CHECK(ranges.remove(first * kPageBytes, last * kPageBytes, erased));
      CHECK(count == static_cast<int>(ranges.count()));
      CHECK(gone == expected);
      const bool map_again = random.unit() < 0.6;
      for (std::uint64_t p = first; p < last; ++p) pages[p] = map_again ? site : 0;
      if (map_again) ++count;
      if (map_again)
        CHECK(ranges.insert(MappedRange{first * kPageBytes, last * kPageBytes, site, Kind::kMmap}));
    }
    ranges.clear();
  }
}

void test_lock() {
  static BiasedLock lock;
  lock.prepare();
  static LockHolder holders[4];
  static std::uint64_t counter = 0;
  constexpr std::uint64_t kTurns = 300'000;
  std::vector<std::thread> threads;
  for (LockHolder& holder : holders)
    threads.emplace_back([&holder] {
      for (std::uint64_t i = 0; i < kTurns; ++i) {
        lock.enter(holder);
        counter = counter + 1;
        lock.leave(holder);
        if (i % 5000 == 0) sched_yield();
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(counter == kTurns * 4);
  // A lone thread gets the bias, and loses it to another one.
  static BiasedLock fresh;
  fresh.prepare();
  for (int i = 0; i < 5000; ++i) {
    fresh.enter(holders[0]);
    fresh.leave(holders[0]);
  }
  CHECK(fresh.revocations_count() == 0);
  fresh.enter(holders[1]);
  fresh.leave(holders[1]);
  CHECK(fresh.revocations_count() == 1);
}
