// Peak attribution against a brute-force replay, and the estimators of sampled mode.
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <cmath>
#include <cstring>
#include <map>
#include <vector>

#include "capture/recorder.hpp"
#include "tests/test.hpp"

using namespace heapwise;

namespace {

SiteId make_site(Recorder& recorder, std::uint32_t position) {
  return recorder.stacks.site(kRootNode, kNativeThreadCode, position, Kind::kMalloc);
}

void replay(unsigned seed) {
  Recorder& recorder = g_recorder;
  CHECK(recorder.prepare());
  recorder.reset_figures();
  recorder.mode.store(Mode::kExact);
  Random random(seed);
  constexpr int kSites = 12;
  std::vector<SiteId> sites;
  for (std::uint32_t i = 0; i < kSites; ++i) sites.push_back(make_site(recorder, i));
  std::map<std::uintptr_t, std::pair<int, std::int64_t>> live;
  std::vector<std::int64_t> in_use(kSites), at_peak(kSites), total(kSites), count(kSites),
      peak_count(kSites), in_use_count(kSites);
  std::int64_t now = 0;
  std::int64_t peak = 0;
  std::uintptr_t next = 0x600000000000ULL;
  double grow = random.unit();
  for (int i = 0; i < 4000; ++i) {
    if (random.between(0, 300) == 0) grow = random.unit();
    if (live.empty() || random.unit() < grow) {
      const int site = static_cast<int>(random.between(0, kSites - 1));
      const auto size = static_cast<std::int64_t>(
          random.unit() < 0.05 ? random.between(40'000, 900'000) : random.between(1, 3000));
      next += 16 * ((static_cast<std::uintptr_t>(size) + 15) / 16);
      recorder.add_exact(next, static_cast<std::uint64_t>(size), Kind::kMalloc,
                         sites[static_cast<std::size_t>(site)]);
      live[next] = {site, size};
      const auto s = static_cast<std::size_t>(site);
      in_use[s] += size;
      total[s] += size;
      ++count[s];
      ++in_use_count[s];
      now += size;
      if (now > peak) {
        peak = now;
        at_peak = in_use;
        peak_count = in_use_count;
      }
    } else {
      auto victim = live.begin();
      std::advance(victim, static_cast<long>(random.between(0, live.size() - 1)));
      Block block;
      CHECK(recorder.remove_exact(victim->first, &block));
      const auto s = static_cast<std::size_t>(victim->second.first);
      in_use[s] -= victim->second.second;
      --in_use_count[s];
      now -= victim->second.second;
      if (random.unit() < 0.1) {  // a realloc that failed: the block is put back
        recorder.restore_exact(victim->first, block);
        in_use[s] += victim->second.second;
        ++in_use_count[s];
        now += victim->second.second;
      } else {
        live.erase(victim);
      }
    }
  }
  CHECK(recorder.exact.peak_bytes == peak);
  CHECK(recorder.exact.in_use_bytes == now);
  for (std::size_t s = 0; s < kSites; ++s) {
    const auto& f = recorder.stacks.site_figures<std::int64_t>(sites[s]);
    CHECK(f.in_use_bytes == in_use[s]);
    CHECK(f.in_use_count == in_use_count[s]);
    CHECK(f.total_bytes == total[s]);
    CHECK(f.total_count == count[s]);
    const bool settled = f.epoch == recorder.epoch;
    CHECK((settled ? f.at_peak_bytes : f.in_use_bytes) == at_peak[s]);
    CHECK((settled ? f.at_peak_count : f.in_use_count) == peak_count[s]);
  }
  recorder.mode.store(Mode::kOff);
}

/// Blocks of real pages, of which some are touched: the peak is lower by what each that was there
/// then never touched, as is that of its site.
void replay_reserves(unsigned seed) {
  Recorder& recorder = g_recorder;
  CHECK(recorder.prepare());
  recorder.reset_figures();
  recorder.mode.store(Mode::kExact);
  Random random(seed);
  constexpr std::size_t kSites = 4;
  struct Reserve {
    std::uintptr_t start;
    std::int64_t size, untouched;
    std::size_t site;
    bool is_plain, is_at_peak;
  };
  std::vector<SiteId> sites;
  for (std::uint32_t i = 0; i < kSites; ++i) sites.push_back(make_site(recorder, 100 + i));
  std::vector<Reserve> live;
  std::vector<std::int64_t> at_peak(kSites), in_use(kSites);
  std::int64_t now = 0, peak = 0;
  const auto raise = [&] {
    if (now <= peak) return;
    peak = now;
    at_peak = in_use;
    for (Reserve& each : live) each.is_at_peak = true;
  };
  const auto lower = [&](const Reserve& each) {
    if (!each.is_plain || !each.is_at_peak) return;
    peak -= each.untouched;
    at_peak[each.site] -= each.untouched;
  };
  for (int i = 0; i < 120 || !live.empty(); ++i) {
    if (i < 120 && (live.empty() || random.unit() < 0.5)) {
      Reserve made{0,
                   random.between(100, 900) * 4096,
                   0,
                   static_cast<std::size_t>(random.between(0, kSites - 1)),
                   random.unit() < 0.8,
                   false};
      made.start = reinterpret_cast<std::uintptr_t>(
          ::mmap(nullptr, static_cast<std::size_t>(made.size), PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
      ::madvise(reinterpret_cast<void*>(made.start), static_cast<std::size_t>(made.size),
                MADV_NOHUGEPAGE);
      made.untouched = made.size;
      if (made.size < static_cast<std::int64_t>(kLeastReserveBytes)) made.is_plain = false;
      recorder.add_exact(made.start, static_cast<std::uint64_t>(made.size), Kind::kMalloc,
                         sites[made.site]);
      if (!made.is_plain) recorder.ledger.mark_no_reserve(made.start);
      live.push_back(made);
      now += made.size;
      in_use[made.site] += made.size;
      raise();
      continue;
    }
    const auto at =
        static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(live.size()) - 1));
    Reserve& one = live[at];
    if (i < 120 && random.unit() < 0.4) {  // the first pages that are left
      const std::int64_t more = random.between(0, one.untouched / 4096) * 4096;
      std::memset(reinterpret_cast<void*>(one.start + one.size - one.untouched), 1,
                  static_cast<std::size_t>(more));
      one.untouched -= more;
      continue;
    }
    Block block;
    CHECK(recorder.remove_exact(one.start, &block));
    lower(one);
    if (random.unit() < 0.2) {  // a realloc that failed
      const bool is_peak = now > peak;
      recorder.restore_exact(one.start, block);
      one.is_plain = one.is_plain && is_peak;
      raise();
      continue;
    }
    now -= one.size;
    in_use[one.site] -= one.size;
    ::munmap(reinterpret_cast<void*>(one.start), static_cast<std::size_t>(one.size));
    live.erase(live.begin() + static_cast<long>(at));
    CHECK(recorder.exact.peak_bytes == peak && recorder.exact.in_use_bytes == now);
  }
  for (std::size_t s = 0; s < kSites; ++s) {
    const auto& f = recorder.stacks.site_figures<std::int64_t>(sites[s]);
    CHECK((f.epoch == recorder.epoch ? f.at_peak_bytes : f.in_use_bytes) == at_peak[s]);
  }
  recorder.mode.store(Mode::kOff);
}

}  // namespace

/// Where pages may be in swap, nothing is looked at.
void test_reserves() {
  struct sysinfo swap;
  if (::sysinfo(&swap) != 0 || swap.freeswap != swap.totalswap) return;
  for (unsigned seed = 0; seed < 60; ++seed) replay_reserves(seed);
}

void test_peaks() {
  for (unsigned seed = 0; seed < 300; ++seed) replay(seed);
}

// A thousand mixes of sites and sizes: each site's estimate is unbiased, its 95 % interval covers.
void test_sampling() {
  Recorder& recorder = g_recorder;
  Thread thread;
  Random random(7);
  thread.random_state = random.between(1, ~std::uint64_t{0});
  double bias = 0;
  double live_bias = 0;
  int estimates = 0;
  int covered = 0;
  int intervals = 0;
  for (int mix = 0; mix < 1000; ++mix) {
    recorder.reset_figures();
    recorder.mode.store(Mode::kSampled);
    recorder.mean_bytes = 4096;
    struct Plan {
      SiteId site;
      std::uint64_t size;
      int left;
      double total = 0;
      double live = 0;
    };
    std::vector<Plan> plans;
    for (std::uint32_t s = 0; s < 5; ++s) {
      const auto size =
          static_cast<std::uint64_t>(std::exp(random.unit() * 7.6) * 16);  // 16 B to 32 KiB
      const double volume = 4096.0 * static_cast<double>(random.between(60, 400));
      plans.push_back(
          {make_site(recorder, s), size, static_cast<int>(volume / static_cast<double>(size)) + 1});
    }
    std::int64_t countdown = recorder.draw_interval(thread);
    std::uintptr_t next = 0x600000000000ULL;
    for (bool more = true; more;) {
      more = false;
      for (Plan& plan : plans) {
        const int turns = std::min<int>(plan.left, static_cast<int>(random.between(0, 50)));
        plan.left -= turns;
        more = more || plan.left > 0;
        for (int i = 0; i < turns; ++i) {
          next += (plan.size + 31) / 16 * 16;
          plan.total += static_cast<double>(plan.size);
          const bool stays = random.unit() < 0.5;
          plan.live += stays ? static_cast<double>(plan.size) : 0;
          countdown -= static_cast<std::int64_t>(plan.size);
          if (countdown >= 0) continue;
          recorder.add_sample(next, plan.size, Kind::kMalloc, plan.site);
          countdown = recorder.draw_interval(thread);
          Block block;
          if (!stays) CHECK(recorder.remove_sample(next, &block));
        }
      }
    }
    for (const Plan& plan : plans) {
      const auto& f = recorder.stacks.site_figures<double>(plan.site);
      const SiteVariance& v = recorder.stacks.variances[plan.site];
      bias += f.total_bytes / plan.total - 1;
      live_bias += f.in_use_bytes / plan.live - 1;
      ++estimates;
      const double margin = 1.959964 * std::sqrt(v.total_bytes2);
      if (v.total_bytes2 > 0) {
        ++intervals;
        covered += std::fabs(f.total_bytes - plan.total) <= margin ? 1 : 0;
      }
    }
    recorder.mode.store(Mode::kOff);
  }
  bias /= estimates;
  live_bias /= estimates;
  const double coverage = static_cast<double>(covered) / intervals;
  std::printf("sampling: bias of totals %+.4f, of live %+.4f, coverage %.4f over %d estimates\n",
              bias, live_bias, coverage, estimates);
  CHECK(std::fabs(bias) < 0.01);
  CHECK(std::fabs(live_bias) < 0.01);
  CHECK(coverage > 0.93 && coverage < 0.97);
}

// A full table of samples is thinned, again and again: estimates of what lives stay unbiased, their
// intervals cover, and when all blocks are gone nothing is left.
void test_thinning() {
  Recorder& recorder = g_recorder;
  CHECK(recorder.prepare());
  Thread thread;
  Random random(11);
  thread.random_state = random.between(1, ~std::uint64_t{0});
  const std::uint64_t usual = recorder.most_samples;
  recorder.most_samples = 400;
  double bias = 0;
  double count_bias = 0;
  int estimates = 0;
  int covered = 0;
  for (int mix = 0; mix < 1000; ++mix) {
    recorder.reset_figures();
    recorder.mode.store(Mode::kSampled);
    recorder.mean_bytes = 512;
    constexpr std::uint64_t kSizes[] = {48, 700, 5000, 70'000};
    double live[4] = {};
    double counts[4] = {};
    std::int64_t countdown = recorder.draw_interval(thread);
    std::uintptr_t next = 0x600000000000ULL;
    std::vector<std::uintptr_t> sampled;
    for (int i = 0; i < 6000; ++i) {
      const std::size_t s = i % 500 == 0 ? 3 : i % 40 == 0 ? 2 : i % 7 == 0 ? 1 : 0;
      next += (kSizes[s] + 31) / 16 * 16;
      live[s] += static_cast<double>(kSizes[s]);
      counts[s] += 1;
      countdown -= static_cast<std::int64_t>(kSizes[s]);
      if (countdown >= 0) continue;
      recorder.add_sample(next, kSizes[s], Kind::kMalloc,
                          make_site(recorder, static_cast<std::uint32_t>(s)));
      sampled.push_back(next);
      countdown = recorder.draw_interval(thread);
      CHECK(recorder.live_samples_count <= recorder.most_samples + 1);
    }
    CHECK(recorder.mean_bytes > 512);
    for (std::uint32_t s = 0; s < 4; ++s) {
      const SiteId site = make_site(recorder, s);
      const auto& f = recorder.stacks.site_figures<double>(site);
      const double margin =
          1.959964 * std::sqrt(std::max(0.0, recorder.stacks.variances[site].in_use_bytes2));
      bias += f.in_use_bytes / live[s] - 1;
      count_bias += f.in_use_count / counts[s] - 1;
      if (s == 0) covered += std::fabs(f.in_use_bytes - live[s]) <= margin ? 1 : 0;
      ++estimates;
    }
    Block block;
    std::size_t known = 0;
    for (const std::uintptr_t address : sampled) known += recorder.remove_sample(address, &block);
    CHECK(known <= recorder.most_samples + 1);
    CHECK(recorder.live_samples_count == 0);
    for (std::uint32_t s = 0; s < 4; ++s) {
      const auto& f = recorder.stacks.site_figures<double>(make_site(recorder, s));
      CHECK(std::fabs(f.in_use_bytes) < 1e-3 && std::fabs(f.in_use_count) < 1e-6);
    }
    CHECK(std::fabs(recorder.sampled.in_use_bytes) < 1e-3);
    recorder.mode.store(Mode::kOff);
  }
  recorder.most_samples = usual;
  bias /= estimates;
  count_bias /= estimates;
  std::printf("thinning: bias of bytes %+.4f, of counts %+.4f, coverage %.4f\n", bias, count_bias,
              covered / 1000.0);
  CHECK(std::fabs(bias) < 0.01);
  CHECK(std::fabs(count_bias) < 0.01);
  CHECK(covered > 925 && covered < 975);
}

/// A thread's number is in its clock; whether it sleeps is the kernel's to tell.
void test_sleepers() {
  struct Other {
    std::atomic<pid_t> number{0};
    std::atomic<bool> busy{true};
    std::atomic<bool> ends{false};
  } other;
  pthread_t handle;
  CHECK(::pthread_create(
            &handle, nullptr,
            [](void* given) -> void* {
              Other& self = *static_cast<Other*>(given);
              self.number = static_cast<pid_t>(::syscall(SYS_gettid));
              while (self.busy) {
              }
              while (!self.ends) ::usleep(100'000);
              return nullptr;
            },
            &other) == 0);
  while (other.number == 0) {
  }
  static Thread thread;
  CHECK(::pthread_getcpuclockid(handle, &thread.cpu_clock) == 0);
  CHECK(number_of(thread) == other.number);
  CHECK(!is_asleep(other.number, true));
  other.busy = false;
  int looks = 0;
  while (!is_asleep(other.number, false) && ++looks < 1000) ::usleep(10'000);
  CHECK(looks < 1000);
  other.ends = true;
  CHECK(::pthread_join(handle, nullptr) == 0);
  CHECK(is_asleep(other.number, true) && !is_asleep(other.number, false));  // it is gone
}
