// The smallest harness that serves: named cases, checks that print where they failed.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <random>

#define CHECK(condition)                                                   \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                        \
    }                                                                      \
  } while (false)

/// Random numbers that are the same in every run.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  /// A whole number from low to high, both included.
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(engine_);
  }
  double unit() { return std::uniform_real_distribution<double>(0, 1)(engine_); }

 private:
  std::mt19937_64 engine_;
};

void test_tables();
void test_ledger();
void test_ranges();
void test_lock();
void test_peaks();
void test_reserves();
void test_sampling();
void test_thinning();
void test_timeline();
void test_patience();
void test_sleepers();
