// Hash maps, strings, checksums, stacks: against the standard library's containers.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/index_map.hpp"
#include "base/patience.hpp"
#include "capture/timeline.hpp"
#include "container/column_writer.hpp"
#include "model/stacks.hpp"
#include "tests/test.hpp"

using namespace heapwise;

namespace {

/// A writer for whose buffer there is no memory fails, whatever is put into it.
void check_writer_without_memory() {
  static ColumnWriter writer;
  rlimit before;
  CHECK(::getrlimit(RLIMIT_AS, &before) == 0);
  const rlimit none{0, before.rlim_max};
  CHECK(::setrlimit(RLIMIT_AS, &none) == 0);
  const bool opened = writer.open("/dev/null", kKindRecording);
  CHECK(::setrlimit(RLIMIT_AS, &before) == 0);
  CHECK(!opened);
  writer.begin_column("table", "column", "u8");
  writer.put_value(std::uint64_t{1});
  writer.end_column();
  CHECK(!writer.finish());
}

}  // namespace

void test_tables() {
  check_writer_without_memory();
  CHECK(crc32(0, "123456789", 9) == 0xcbf43926U);  // the check value of the CRC's catalogue
  CHECK(crc32(crc32(0, "1234", 4), "56789", 5) == 0xcbf43926U);

  IndexMap<AddressKey, std::uint32_t> map;
  std::map<std::uint64_t, std::uint32_t> truth;
  Random random(1);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t key = random.between(1, 4000) * 16;
    std::uint32_t* found = map.find(AddressKey{key});
    CHECK((found != nullptr) == truth.contains(key));
    if (found != nullptr) CHECK(*found == truth[key]);
    if (random.unit() < 0.5) {
      std::uint32_t removed = 0;
      CHECK(map.erase(AddressKey{key}, &removed) == truth.contains(key));
      if (truth.contains(key)) CHECK(removed == truth[key]);
      truth.erase(key);
    } else if (found == nullptr) {
      CHECK(map.insert(AddressKey{key}, static_cast<std::uint32_t>(i + 1)));
      truth[key] = static_cast<std::uint32_t>(i + 1);
    }
    CHECK(map.count() == truth.size());
  }

  static StringTable strings;
  std::map<std::string, StringId> ids;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text(random.between(0, 40), static_cast<char>('a' + random.between(0, 25)));
    const StringId id = strings.intern(text.data(), text.size());
    if (ids.contains(text)) CHECK(ids[text] == id);
    ids[text] = id;
    CHECK(std::string(strings[id].data, strings[id].size_bytes) == text);
  }

  // Recursion with two call sites: 2^depth stacks, but a bounded number of nodes.
  static StackTables stacks;
  CHECK(stacks.prepare());
  for (int i = 0; i < 50'000; ++i) {
    NodeId node = kRootNode;
    for (int depth = 0; depth < 40; ++depth) {
      const NodeId before = node;
      node = stacks.node(node, 7, static_cast<std::uint32_t>(random.between(1, 2)));
      CHECK(node != kRootNode);
      CHECK(stacks.nodes[node].parent < node);
      CHECK(before == kRootNode || stacks.nodes[node].code == 7);
    }
  }
  CHECK(stacks.nodes.size() < 500);
}

void test_timeline() {
  static Timeline timeline;
  CHECK(timeline.prepare());
  timeline.clear();
  std::uint64_t highest = 0;
  Random random(2);
  for (std::uint64_t t = 0; t < 400'000; t += 10) {
    const std::uint64_t rss = random.between(1, 1'000'000);
    if (rss > highest) highest = rss;
    const NodeId seen = t / 10 % 8 == 7 ? 5 : kRootNode;  // one look in eight
    timeline.add_tick(Tick{t, {rss, rss / 4}, rss / 2, rss, 0, seen});
    if (!timeline.moment_due(t)) continue;
    timeline.begin_moment(t);
    timeline.add_row(1, t);
    timeline.end_moment(t, 1000);
  }
  CHECK(timeline.ticks_count() <= Timeline::kMaxTicks);
  CHECK(timeline.ticks_count() > Timeline::kMaxTicks / 4);
  CHECK(timeline.moments_count() <= Timeline::kMaxMoments);
  CHECK(timeline.moments_count() > Timeline::kMaxMoments / 4);
  std::uint64_t kept = 0;
  std::uint64_t told = 0;
  std::uint32_t known = 0;
  for (std::uint32_t i = 0; i < timeline.ticks_count(); ++i) {
    if (i > 0) CHECK(timeline.tick(i).time_ms > timeline.tick(i - 1).time_ms);
    const Resident& resident = timeline.tick(i).resident;
    CHECK(resident.file_bytes == resident.rss_bytes / 4);
    if (timeline.tick(i).main_node == 5) ++known;
    if (timeline.tick(i).highest_bytes > told) told = timeline.tick(i).highest_bytes;
    if (resident.rss_bytes > kept) kept = resident.rss_bytes;
  }
  CHECK(kept == highest);
  CHECK(known + 1 >= timeline.ticks_count());  // nor where the main thread stood
  CHECK(told == highest);                      // thinning never loses the highest tick
  CHECK(timeline.peak_rss_bytes == highest);
  for (std::uint32_t i = 0; i < timeline.moments_count(); ++i) {
    const SeriesMoment& moment = timeline.moment(i);
    CHECK(moment.rows_count == 1);
    CHECK(timeline.row(moment.first_row).in_use_bytes == moment.time_ms);
  }
}

/// Ended by haste, before or while one waits, and by its own time.
void test_patience() {
  constexpr std::uint64_t kForEverMs = 3600 * 1000;
  for (const bool hurried_before : {false, true}) {
    Patience patience;
    patience.make();
    if (hurried_before) patience.hurry();
    const pid_t child = ::fork();
    if (child == 0) {
      ::alarm(60);  // a child that nobody hurries ends by a signal
      patience.wait(kForEverMs, ::getppid());
      ::_exit(7);
    }
    patience.hurry();
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    patience.drop();
  }
  Patience without;
  without.wait(kForEverMs, ::getppid());
  without.make();
  without.wait(1, ::getppid());
  without.wait(kForEverMs, ::getpid());  // no parent of ours: it has ended
  without.drop();
}
