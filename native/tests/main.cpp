// Runs one group of native tests, or all: heapwise_tests [group].
#include <cstring>

#include "capture/hooks.hpp"
#include "tests/test.hpp"

namespace heapwise {
// There is no interpreter here.
SiteId native_site(Thread&, Kind) noexcept { return 0; }
NodeId native_node(Thread&) noexcept { return kRootNode; }
}  // namespace heapwise

namespace {
struct Group {
  const char* name;
  void (*run)();
};
constexpr Group kGroups[] = {
    {"tables", test_tables},     {"ledger", test_ledger},     {"ranges", test_ranges},
    {"lock", test_lock},         {"peaks", test_peaks},       {"reserves", test_reserves},
    {"sampling", test_sampling}, {"timeline", test_timeline}, {"thinning", test_thinning},
    {"patience", test_patience}, {"sleepers", test_sleepers},
};
}  // namespace

int main(int count, char** words) {
  bool ran = false;
  for (const Group& group : kGroups) {
    if (count > 1 && std::strcmp(words[1], group.name) != 0) continue;
    group.run();
    std::printf("%s: passed\n", group.name);
    ran = true;
  }
  return ran ? 0 : 2;
}
