// No Python, no malloc, no exceptions: turns the recorder's tables into a file (FORMAT.md).
//
// A checkpoint is a whole file, written beside the old one and renamed over it: whatever happens to
// the program, a complete recording stands on disk. While the program runs, figures are read from
// the live tables as they change (each value whole, neighbours maybe some milliseconds apart); the
// last write holds the lock and is exact.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <type_traits>
#include <utility>

#include "capture/cpu_sampler.hpp"
#include "capture/hooks.hpp"
#include "capture/pools.hpp"
#include "capture/session.hpp"
#include "capture/sharing.hpp"
#include "capture/stack_writer.hpp"
#include "capture/unwinder.hpp"
#include "container/column_writer.hpp"

namespace heapwise {

namespace {

/// The figures of a site as a file has them.
enum Figure : int {
  kInUseBytes,
  kInUseCount,
  kPeakBytes,
  kPeakCount,
  kTotalBytes,
  kTotalCount,
  kResidence,
  kFiguresCount
};
const char* const kFigureNames[kFiguresCount] = {"in_use_bytes", "in_use_count", "peak_bytes",
                                                 "peak_count",   "total_bytes",  "total_count",
                                                 "residence_ms"};

/// What one write needs to know besides the tables.
struct Job {
  Recorder& recorder;
  Scope& scope;
  bool sampled;
  std::uint64_t now_ms;
  SiteId* rows;  ///< the sites that have figures in this scope
  SiteId count;
  Totals<double> totals;
  Sums sums;
  std::uint64_t peak_ms;
};

ColumnWriter g_writer;  // guarded by the sessions lock, as are the rows
SiteId* g_rows = nullptr;
std::uint64_t g_rows_room = 0;
CollectorLog g_collector;  // as it stood when the write began

bool make_room(SiteId sites) noexcept {
  if (g_rows_room >= sites) return true;
  unmap_pages(g_rows, g_rows_room * sizeof(SiteId));
  g_rows_room = round_up(sites, 1U << 14);
  g_rows = static_cast<SiteId*>(map_pages(g_rows_room * sizeof(SiteId)));
  if (g_rows == nullptr) g_rows_room = 0;
  return g_rows != nullptr;
}

template <class Field>
Field load(const Field& live) noexcept {
  Field found;
  __atomic_load(&live, &found, __ATOMIC_RELAXED);
  return found;
}

/// One figure of a site of the whole recording.
template <int kFigure, class Number>
Number main_figure(const Job& job, SiteId site) noexcept {
  const SiteFigures<Number>& live = job.recorder.stacks.site_figures<Number>(site);
  switch (kFigure) {
    case kInUseBytes: return load(live.in_use_bytes);
    case kInUseCount: return load(live.in_use_count);
    case kPeakBytes:
      return load(live.epoch) == job.recorder.epoch ? load(live.at_peak_bytes)
                                                    : load(live.in_use_bytes);
    case kPeakCount:
      return load(live.epoch) == job.recorder.epoch ? load(live.at_peak_count)
                                                    : load(live.in_use_count);
    case kTotalBytes: return load(live.total_bytes);
    case kTotalCount: return load(live.total_count);
    default:
      // Blocks that still live have lived until now.
      return load(live.residence_ms) + load(live.in_use_count) * static_cast<Number>(job.now_ms);
  }
}

/// The same of a side scope, which counts from its baseline.
template <int kFigure, class Number>
Number side_figure(const Job& job, SiteId site) noexcept {
  const SiteFigures<Number>& live = job.recorder.stacks.site_figures<Number>(site);
  Scope& scope = job.scope;
  Baseline base{};
  if (scope.baselines.has(site)) base = scope.baselines[site];
  const bool settled = scope.peaks.has(site) && scope.peaks[site].epoch == scope.epoch;
  const auto since = [](Number now, double then) { return now - static_cast<Number>(then); };
  switch (kFigure) {
    case kInUseBytes: return since(load(live.in_use_bytes), base.in_use_bytes);
    case kInUseCount: return since(load(live.in_use_count), base.in_use_count);
    case kPeakBytes:
      return since(settled ? static_cast<Number>(scope.peaks[site].bytes) : load(live.in_use_bytes),
                   base.in_use_bytes);
    case kPeakCount:
      return since(settled ? static_cast<Number>(scope.peaks[site].count) : load(live.in_use_count),
                   base.in_use_count);
    case kTotalBytes: return since(load(live.total_bytes), base.total_bytes);
    case kTotalCount: return since(load(live.total_count), base.total_count);
    default:
      return since(load(live.residence_ms), base.residence_ms) +
             since(load(live.in_use_count), base.in_use_count) * static_cast<Number>(job.now_ms);
  }
}

template <int kFigure, class Number>
Number figure_of(const Job& job, SiteId site) noexcept {
  return job.scope.main ? main_figure<kFigure, Number>(job, site)
                        : side_figure<kFigure, Number>(job, site);
}

template <class Number>
void choose_rows(Job& job) noexcept {
  const SiteId sites = job.recorder.stacks.sites.size();
  for (SiteId site = 1; site < sites && site < g_rows_room; ++site)
    if (figure_of<kTotalCount, Number>(job, site) != 0 ||
        figure_of<kInUseBytes, Number>(job, site) != 0)
      job.rows[job.count++] = site;
}

void take_totals(Job& job) noexcept {
  Recorder& recorder = job.recorder;
  const Scope& scope = job.scope;
  const Totals<std::int64_t>& exact = recorder.exact;
  job.totals = job.sampled ? recorder.sampled
                           : Totals<double>{static_cast<double>(exact.in_use_bytes),
                                            static_cast<double>(exact.peak_bytes)};
  job.sums = recorder.sums();
  job.peak_ms = recorder.peak_ms;
  if (scope.main) return;
  job.totals.in_use_bytes -= scope.base_in_use_bytes;
  job.totals.peak_bytes = scope.peak_bytes;
  job.sums.in_use_count -= scope.base_in_use_count;
  job.sums.total_bytes -= scope.base_total_bytes;
  job.sums.total_count -= scope.base_total_count;
  job.peak_ms = scope.peak_ms - scope.start_ms;
}

template <class Number, int... kFigures>
void write_columns(ColumnWriter& writer, const Job& job,
                   std::integer_sequence<int, kFigures...>) noexcept {
  const auto write = [&](const char* name, Number (*figure)(const Job&, SiteId) noexcept) {
    writer.begin_column("sites", name, job.sampled ? "f8" : "i8");
    for (SiteId i = 0; i < job.count; ++i) writer.put_value(figure(job, job.rows[i]));
    writer.end_column();
  };
  (write(kFigureNames[kFigures], figure_of<kFigures, Number>), ...);
}

void write_figures(ColumnWriter& writer, const Job& job) noexcept {
  constexpr std::make_integer_sequence<int, kFiguresCount> kAll;
  if (job.sampled)
    write_columns<double>(writer, job, kAll);
  else
    write_columns<std::int64_t>(writer, job, kAll);
  if (!job.sampled) return;
  const auto write = [&](const char* name, auto&& get) {
    writer.begin_column("sites", name, "f8");
    for (SiteId i = 0; i < job.count; ++i)
      writer.put_value(get(job.recorder.stacks.variances[job.rows[i]], job.rows[i]));
    writer.end_column();
  };
  using Variance = const SiteVariance&;
  write("total_variance", [](Variance v, SiteId) { return v.total_bytes2; });
  write("in_use_variance", [](Variance v, SiteId) { return v.in_use_bytes2; });
  write("peak_variance", [&](Variance v, SiteId site) {
    const bool settled = job.recorder.stacks.site_figures<double>(site).epoch == job.recorder.epoch;
    return settled ? v.at_peak_bytes2 : v.in_use_bytes2;
  });
  write("samples_count", [](Variance v, SiteId) { return v.samples_count; });
}

void write_cpu(ColumnWriter& writer, const Scope& scope) noexcept {
  const std::uint32_t count = cpu_rows_count();
  const auto write = [&](const char* name, const char* type, auto&& get) {
    writer.begin_column("cpu", name, type);
    for (std::uint32_t i = 0; i < count; ++i) {
      CpuRow row = cpu_row(i);
      if (i < scope.cpu_base.size()) row = row.since(scope.cpu_base[i]);
      if (row.cpu_ns != 0 || row.wall_ns != 0) writer.put_value(get(row));
    }
    writer.end_column();
  };
  write("node", "u4", [](const CpuRow& row) { return row.node; });
  write("samples_count", "u4", [](const CpuRow& row) { return row.samples_count; });
  write("cpu_ns", "u8", [](const CpuRow& row) { return row.cpu_ns; });
  write("native_ns", "u8", [](const CpuRow& row) { return row.estimated_native_ns(); });
  write("wall_ns", "u8", [](const CpuRow& row) { return row.wall_ns; });
}

void write_collector(ColumnWriter& writer, const Scope& scope) noexcept {
  const CollectorLog& log = g_collector;
  const auto write = [&](const char* name, auto&& get) {
    writer.column_u8("collections", name, CollectorLog::kGenerations, get);
  };
  const auto base = [&](auto i) -> const Collections& { return scope.collections_base[i]; };
  const auto row = [&](auto i) -> const Collections& { return log.row(static_cast<unsigned>(i)); };
  write("runs_count", [&](auto i) { return row(i).runs_count - base(i).runs_count; });
  write("pauses_ns", [&](auto i) { return row(i).pauses_ns - base(i).pauses_ns; });
  write("longest_ns", [&](auto i) { return row(i).longest_ns; });
  write("collected_count",
        [&](auto i) { return row(i).collected_count - base(i).collected_count; });
  write("uncollectable_count",
        [&](auto i) { return row(i).uncollectable_count - base(i).uncollectable_count; });
  std::uint32_t first = 0;
  while (first < log.pauses_count() && log.pause(first).time_ms < scope.start_ms) ++first;
  const std::uint32_t count = log.pauses_count() - first;
  const auto pause = [&](auto i) -> const Pause& {
    return log.pause(first + static_cast<std::uint32_t>(i));
  };
  writer.column_u8("pauses", "time_ms", count,
                   [&](auto i) { return pause(i).time_ms - scope.start_ms; });
  writer.column_u8("pauses", "took_ns", count, [&](auto i) { return pause(i).took_ns; });
  writer.column_u8("pauses", "collected_count", count,
                   [&](auto i) { return pause(i).collected_count; });
  writer.column_u4("pauses", "generation", count, [&](auto i) { return pause(i).generation; });
}

void write_sharing(ColumnWriter& writer) noexcept {
  const std::uint32_t count = shares_count();
  const auto row = [](auto i) -> const Share& { return share(static_cast<std::uint32_t>(i)); };
  writer.column_u8("sharing", "time_ms", count, [&](auto i) { return row(i).time_ms; });
  writer.column_u8("sharing", "rss_bytes", count, [&](auto i) { return row(i).rss_bytes; });
  writer.column_u8("sharing", "private_bytes", count, [&](auto i) { return row(i).private_bytes; });
  writer.column_u8("sharing", "shared_bytes", count, [&](auto i) { return row(i).shared_bytes; });
  writer.column_u4("sharing", "moment", count,
                   [&](auto i) { return static_cast<std::uint32_t>(row(i).moment); });
  writer.column_u4("sharing", "parent_here", count, [&](auto i) { return row(i).parent_here; });
}

void write_timeline(ColumnWriter& writer, const Timeline& timeline, const Scope& scope) noexcept {
  const std::uint32_t ticks = timeline.ticks_count();
  std::uint32_t first = 0;
  while (first < ticks && timeline.tick(first).time_ms < scope.start_ms) ++first;
  const auto tick = [&](std::uint64_t i) -> const Tick& {
    return timeline.tick(first + static_cast<std::uint32_t>(i));
  };
  const std::uint32_t count = ticks - first;
  writer.column_u8("ticks", "time_ms", count,
                   [&](auto i) { return tick(i).time_ms - scope.start_ms; });
  writer.column_u8("ticks", "rss_bytes", count, [&](auto i) { return tick(i).resident.rss_bytes; });
  writer.column_u8("ticks", "file_bytes", count,
                   [&](auto i) { return tick(i).resident.file_bytes; });
  const auto net = [&](std::uint64_t bytes) {
    return std::max(static_cast<double>(bytes) - scope.base_in_use_bytes, 0.0);
  };
  writer.column_u8("ticks", "heap_bytes", count, [&](auto i) { return net(tick(i).heap_bytes); });
  writer.column_u8("ticks", "highest_bytes", count,
                   [&](auto i) { return net(tick(i).highest_bytes); });
  writer.column_u8("ticks", "cgroup_bytes", count, [&](auto i) { return tick(i).cgroup_bytes; });
  writer.column_u4("ticks", "node", count, [&](auto i) { return tick(i).main_node; });
  const std::uint32_t moments = timeline.moments_count();
  std::uint32_t begin = 0;
  while (begin < moments && timeline.moment(begin).time_ms < scope.start_ms) ++begin;
  const auto moment = [&](std::uint64_t i) -> const SeriesMoment& {
    return timeline.moment(begin + static_cast<std::uint32_t>(i));
  };
  const std::uint32_t kept = moments - begin;
  const std::uint64_t origin = kept == 0 ? 0 : moment(0).first_row;
  const std::uint64_t rows =
      kept == 0 ? 0 : moment(kept - 1).first_row + moment(kept - 1).rows_count - origin;
  writer.column_u8("moments", "time_ms", kept,
                   [&](auto i) { return moment(i).time_ms - scope.start_ms; });
  writer.column_u8("moments", "first_row", kept,
                   [&](auto i) { return moment(i).first_row - origin; });
  writer.column_u8("moments", "rows_count", kept, [&](auto i) { return moment(i).rows_count; });
  writer.begin_column("series", "site", "u4");
  for (std::uint64_t i = 0; i < rows; ++i) writer.put_value(timeline.row(origin + i).site);
  writer.end_column();
  writer.column_u8("series", "in_use_bytes", rows,
                   [&](auto i) { return timeline.row(origin + i).in_use_bytes; });
}

void write_summary(ColumnWriter& writer, const Job& job, bool complete) noexcept {
  const Recorder& recorder = job.recorder;
  const Scope& scope = job.scope;
  const auto u8 = [&](const char* name, std::uint64_t value) {
    writer.scalar("summary", name, "u8", value);
  };
  const auto f8 = [&](const char* name, double value) {
    writer.scalar("summary", name, "f8", value);
  };
  std::uint64_t own_ns = ticker_cpu_ns();
  if (recorder.timed_events_count != 0)
    own_ns += recorder.timed_events_ns / recorder.timed_events_count * recorder.events_count;
  const long long arenas = g_arena_bytes == nullptr ? 0 : g_arena_bytes();
  u8("complete", complete ? 1 : 0);
  u8("sampled", job.sampled ? 1 : 0);
  f8("sampling_interval_bytes", job.sampled ? recorder.mean_bytes : 0);
  u8("started_ns", clock_start_ns() + scope.start_ms * 1000000);
  u8("duration_ms", job.now_ms - scope.start_ms);
  f8("peak_bytes", job.totals.peak_bytes);
  u8("peak_ms", job.peak_ms);
  f8("end_bytes", job.totals.in_use_bytes);
  f8("end_count", job.sums.in_use_count);
  f8("total_bytes", job.sums.total_bytes);
  f8("allocations_count", job.sums.total_count);
  u8("peak_rss_bytes", recorder.timeline.peak_rss_bytes);
  u8("peak_rss_ms", recorder.timeline.peak_rss_ms);
  u8("start_rss_bytes", scope.start_resident.rss_bytes);
  u8("start_file_bytes", scope.start_resident.file_bytes);
  u8("inherited_bytes", recorder.inherited_bytes);
  u8("arena_bytes", static_cast<std::uint64_t>(arenas < 0 ? 0 : arenas));
  u8("own_ns", own_ns);
  u8("ticker_ns", ticker_cpu_ns());
  u8("own_bytes", recorder.ledger.used_bytes() + recorder.stacks.used_bytes());
  u8("events_count", recorder.events_count);
  u8("missed_events_count", recorder.missed_events_count);
  u8("stacks_full", recorder.stacks.full() ? 1 : 0);
  u8("out_of_memory", recorder.out_of_memory ? 1 : 0);
  u8("write_errno", static_cast<std::uint64_t>(scope.write_errno));
}

}  // namespace

int write_recording(Scope& scope, bool complete, const char* besides) noexcept {
  Recorder& recorder = g_recorder;
  Thread* self = current_thread();
  if (self == nullptr) return ENOMEM;
  // A last tick, so that the axis reaches the end and a short program has one at all.
  if (complete) {
    take_share(ShareMoment::kEnd);
    look_at_pools(true);
    finish_cpu_samples();
    const std::uint64_t now = elapsed_ms();
    recorder.add_tick(now, read_resident(), 0, kRootNode);
    take_moment(now);
  }
  if (complete && recorder.native_stacks) name_native_frames(*self);
  if (!make_room(recorder.stacks.sites.size() + 4096)) return ENOMEM;
  Job job{recorder, scope, recorder.mode.load() == Mode::kSampled, elapsed_ms(), g_rows, 0, {},
          {},       0};
  recorder.lock.enter(self->lock);
  if (job.sampled)
    choose_rows<double>(job);
  else
    choose_rows<std::int64_t>(job);
  take_totals(job);
  g_collector = recorder.collector;
  if (!complete) recorder.lock.leave(self->lock);
  const char* path = besides == nullptr ? scope.path : besides;
  char temporary[sizeof scope.path + 8];
  if (std::snprintf(temporary, sizeof temporary, "%s.tmp", path) >=
      static_cast<int>(sizeof temporary)) {
    if (complete) recorder.lock.leave(self->lock);
    return ENAMETOOLONG;
  }
  ColumnWriter& writer = g_writer;
  int error = 0;
  if (writer.open(temporary, kKindRecording)) {
    writer.begin_column("meta", "json", "u1");
    writer.put(scope.metadata, scope.metadata_bytes);
    writer.end_column();
    write_summary(writer, job, complete);
    write_figures(writer, job);
    write_cpu(writer, scope);
    write_stacks(writer, recorder.stacks, job.rows, job.count, StackTableNames{"nodes", "strings"});
    write_timeline(writer, recorder.timeline, scope);
    write_collector(writer, scope);
    write_sharing(writer);
  }
  if (complete) recorder.lock.leave(self->lock);
  if (!writer.finish()) error = writer.error();
  if (error == 0 && ::rename(temporary, path) != 0) error = errno;
  if (error != 0) ::unlink(temporary);
  if (besides != nullptr) return error;
  scope.write_errno = error;
  scope.write_failed = error != 0;
  return error;
}

}  // namespace heapwise
