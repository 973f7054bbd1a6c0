// No Python, no malloc, no exceptions: turns the recorder's tables into a file (FORMAT.md).
//
// A checkpoint is a whole file, written beside the old one and renamed over it: whatever happens to
// the program, a complete recording stands on disk. Figures are copied under the lock in pieces, so
// that the program waits for tens of microseconds, not for the disk; the last write copies all at
// once and is exact.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <type_traits>

#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "container/column_writer.hpp"

namespace heapwise {

namespace {

constexpr SiteId kSitesPerPiece = 4096;

/// One row of the table `sites`, ready to be written. Numbers are exact or estimates.
struct Row {
  SiteId id;
  double variance[3];
  double samples_count;
  union {
    std::int64_t i[7];
    double f[7];
  };
};

const char* const kFigureNames[7] = {"in_use_bytes", "in_use_count", "peak_bytes",  "peak_count",
                                     "total_bytes",  "total_count",  "residence_ms"};
const char* const kVarianceNames[3] = {"total_variance", "in_use_variance", "peak_variance"};

/// Everything a write needs, copied from the recorder.
struct Copy {
  Row* rows = nullptr;
  std::uint64_t capacity = 0;
  SiteId count = 0;
  bool sampled = false;
  Totals<double> totals;
  Sums sums;
  double mean_bytes = 0;
  std::uint64_t peak_ms = 0;
  std::uint64_t now_ms = 0;
};

ColumnWriter g_writer;  // guarded by the sessions lock
Copy g_copy;

bool make_room(Copy& copy, SiteId sites) noexcept {
  if (copy.capacity >= sites) return true;
  unmap_pages(copy.rows, copy.capacity * sizeof(Row));
  copy.capacity = round_up(sites + sites / 2, kSitesPerPiece);
  copy.rows = static_cast<Row*>(map_pages(copy.capacity * sizeof(Row)));
  if (copy.rows == nullptr) copy.capacity = 0;
  return copy.rows != nullptr;
}

template <class Number>
void copy_site(Recorder& recorder, Scope& scope, SiteId site, Copy& copy) noexcept {
  const SiteFigures<Number>& f = recorder.stacks.site_figures<Number>(site);
  Baseline base{};
  if (!scope.main && scope.baselines.has(site)) base = scope.baselines[site];
  const auto total = f.total_bytes - static_cast<Number>(base.total_bytes);
  const auto in_use = f.in_use_bytes - static_cast<Number>(base.in_use_bytes);
  if (f.total_count == static_cast<Number>(base.total_count) && in_use == 0) return;
  Number peak_bytes = f.epoch == recorder.epoch ? f.at_peak_bytes : f.in_use_bytes;
  Number peak_count = f.epoch == recorder.epoch ? f.at_peak_count : f.in_use_count;
  if (!scope.main) {
    peak_bytes = f.in_use_bytes;
    peak_count = f.in_use_count;
    if (scope.peaks.has(site) && scope.peaks[site].epoch == scope.epoch) {
      peak_bytes = static_cast<Number>(scope.peaks[site].bytes);
      peak_count = static_cast<Number>(scope.peaks[site].count);
    }
    peak_bytes -= static_cast<Number>(base.in_use_bytes);
    peak_count -= static_cast<Number>(base.in_use_count);
  }
  Row& row = copy.rows[copy.count++];
  row = Row{};
  row.id = site;
  const auto in_use_count = f.in_use_count - static_cast<Number>(base.in_use_count);
  // Blocks that still live have lived until now.
  const auto residence = f.residence_ms - static_cast<Number>(base.residence_ms) +
                         in_use_count * static_cast<Number>(copy.now_ms);
  const Number figures[7] = {in_use,     in_use_count,
                             peak_bytes, peak_count,
                             total,      f.total_count - static_cast<Number>(base.total_count),
                             residence};
  if constexpr (std::is_floating_point_v<Number>) {
    std::memcpy(row.f, figures, sizeof figures);
    const SiteVariance& variance = recorder.stacks.variances[site];
    row.variance[0] = variance.total_bytes2;
    row.variance[1] = variance.in_use_bytes2;
    row.variance[2] = f.epoch == recorder.epoch ? variance.at_peak_bytes2 : variance.in_use_bytes2;
    row.samples_count = variance.samples_count;
  } else {
    std::memcpy(row.i, figures, sizeof figures);
  }
}

void copy_totals(Recorder& recorder, Scope& scope, Copy& copy) noexcept {
  const Totals<std::int64_t>& exact = recorder.exact;
  copy.totals = copy.sampled ? recorder.sampled
                             : Totals<double>{static_cast<double>(exact.in_use_bytes),
                                              static_cast<double>(exact.peak_bytes)};
  copy.sums = recorder.sums();
  copy.peak_ms = recorder.peak_ms;
  copy.mean_bytes = recorder.mean_bytes;
  if (scope.main) return;
  copy.totals.in_use_bytes -= scope.base_in_use_bytes;
  copy.totals.peak_bytes = scope.peak_bytes;
  copy.sums.in_use_count -= scope.base_in_use_count;
  copy.sums.total_bytes -= scope.base_total_bytes;
  copy.sums.total_count -= scope.base_total_count;
  copy.peak_ms = scope.peak_ms - scope.start_ms;
}

bool copy_figures(Recorder& recorder, Thread& self, Scope& scope, Copy& copy,
                  bool at_once) noexcept {
  copy.count = 0;
  copy.sampled = recorder.mode.load() == Mode::kSampled;
  copy.now_ms = elapsed_ms();
  if (!make_room(copy, recorder.stacks.sites.size() + kSitesPerPiece)) return false;
  recorder.lock.enter(self.lock);
  const SiteId sites = recorder.stacks.sites.size();
  const SiteId limit = sites < copy.capacity ? sites : static_cast<SiteId>(copy.capacity);
  for (SiteId site = 1; site < limit; ++site) {
    if (copy.sampled)
      copy_site<double>(recorder, scope, site, copy);
    else
      copy_site<std::int64_t>(recorder, scope, site, copy);
    if (!at_once && site % kSitesPerPiece == 0) {
      recorder.lock.leave(self.lock);
      recorder.lock.enter(self.lock);
    }
  }
  copy_totals(recorder, scope, copy);
  recorder.lock.leave(self.lock);
  return true;
}

template <class Get>
void write_u4(ColumnWriter& writer, const char* table, const char* column, std::uint32_t count,
              Get&& get) noexcept {
  writer.begin_column(table, column, "u4");
  for (std::uint32_t i = 0; i < count; ++i) writer.put_value(static_cast<std::uint32_t>(get(i)));
  writer.end_column();
}

template <class Get>
void write_u8(ColumnWriter& writer, const char* table, const char* column, std::uint64_t count,
              Get&& get) noexcept {
  writer.begin_column(table, column, "u8");
  for (std::uint64_t i = 0; i < count; ++i) writer.put_value(static_cast<std::uint64_t>(get(i)));
  writer.end_column();
}

// Sizes are loaded parents last: a row written names only rows that are written, too.
void write_stacks(ColumnWriter& writer, Recorder& recorder, const Copy& copy) noexcept {
  const StackTables& stacks = recorder.stacks;
  const std::uint32_t nodes = stacks.nodes.size();
  const std::uint32_t codes = stacks.codes.size();
  const std::uint32_t strings = stacks.strings.size();
  write_u4(writer, "sites", "id", copy.count, [&](auto i) { return copy.rows[i].id; });
  const auto site = [&](std::uint32_t i) -> const SiteKeyRow& {
    return stacks.sites[copy.rows[i].id];
  };
  write_u4(writer, "sites", "parent", copy.count, [&](auto i) { return site(i).parent; });
  write_u4(writer, "sites", "code", copy.count, [&](auto i) { return site(i).code; });
  write_u4(writer, "sites", "position", copy.count, [&](auto i) { return site(i).position; });
  write_u4(writer, "sites", "kind", copy.count, [&](auto i) { return site(i).kind; });
  write_u4(writer, "nodes", "parent", nodes, [&](auto i) { return stacks.nodes[i].parent; });
  write_u4(writer, "nodes", "code", nodes, [&](auto i) { return stacks.nodes[i].code; });
  write_u4(writer, "nodes", "position", nodes, [&](auto i) { return stacks.nodes[i].position; });
  write_u4(writer, "codes", "file", codes, [&](auto i) { return stacks.codes[i].file; });
  write_u4(writer, "codes", "function", codes, [&](auto i) { return stacks.codes[i].function; });
  write_u4(writer, "codes", "linetable", codes, [&](auto i) { return stacks.codes[i].linetable; });
  writer.begin_column("codes", "first_line", "i4");
  for (std::uint32_t i = 0; i < codes; ++i) writer.put_value(stacks.codes[i].first_line);
  writer.end_column();
  std::uint64_t end = 0;
  writer.begin_column("strings", "offsets", "u8");
  writer.put_value(end);
  for (std::uint32_t i = 0; i < strings; ++i) writer.put_value(end += stacks.strings[i].size_bytes);
  writer.end_column();
  writer.begin_column("strings", "bytes", "u1");
  for (std::uint32_t i = 0; i < strings; ++i)
    writer.put(stacks.strings[i].data, stacks.strings[i].size_bytes);
  writer.end_column();
}

void write_figures(ColumnWriter& writer, const Copy& copy) noexcept {
  for (int figure = 0; figure < 7; ++figure) {
    writer.begin_column("sites", kFigureNames[figure], copy.sampled ? "f8" : "i8");
    for (SiteId i = 0; i < copy.count; ++i) writer.put_value(copy.rows[i].i[figure]);
    writer.end_column();
  }
  if (!copy.sampled) return;
  for (int v = 0; v < 3; ++v) {
    writer.begin_column("sites", kVarianceNames[v], "f8");
    for (SiteId i = 0; i < copy.count; ++i) writer.put_value(copy.rows[i].variance[v]);
    writer.end_column();
  }
  writer.begin_column("sites", "samples_count", "f8");
  for (SiteId i = 0; i < copy.count; ++i) writer.put_value(copy.rows[i].samples_count);
  writer.end_column();
}

void write_timeline(ColumnWriter& writer, const Timeline& timeline, const Scope& scope) noexcept {
  const std::uint32_t ticks = timeline.ticks_count();
  std::uint32_t first = 0;
  while (first < ticks && timeline.tick(first).time_ms < scope.start_ms) ++first;
  const auto tick = [&](std::uint64_t i) -> const Tick& {
    return timeline.tick(first + static_cast<std::uint32_t>(i));
  };
  const std::uint32_t count = ticks - first;
  write_u8(writer, "ticks", "time_ms", count,
           [&](auto i) { return tick(i).time_ms - scope.start_ms; });
  write_u8(writer, "ticks", "rss_bytes", count, [&](auto i) { return tick(i).rss_bytes; });
  write_u8(writer, "ticks", "heap_bytes", count, [&](auto i) {
    const double net = static_cast<double>(tick(i).heap_bytes) - scope.base_in_use_bytes;
    return net < 0 ? 0.0 : net;
  });
  write_u8(writer, "ticks", "cgroup_bytes", count, [&](auto i) { return tick(i).cgroup_bytes; });
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
  write_u8(writer, "moments", "time_ms", kept,
           [&](auto i) { return moment(i).time_ms - scope.start_ms; });
  write_u8(writer, "moments", "first_row", kept,
           [&](auto i) { return moment(i).first_row - origin; });
  write_u8(writer, "moments", "rows_count", kept, [&](auto i) { return moment(i).rows_count; });
  writer.begin_column("series", "site", "u4");
  for (std::uint64_t i = 0; i < rows; ++i) writer.put_value(timeline.row(origin + i).site);
  writer.end_column();
  write_u8(writer, "series", "in_use_bytes", rows,
           [&](auto i) { return timeline.row(origin + i).in_use_bytes; });
}

void write_summary(ColumnWriter& writer, Recorder& recorder, const Scope& scope, const Copy& copy,
                   bool complete) noexcept {
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
  u8("sampled", copy.sampled ? 1 : 0);
  f8("sampling_interval_bytes", copy.sampled ? copy.mean_bytes : 0);
  u8("duration_ms", copy.now_ms - scope.start_ms);
  f8("peak_bytes", copy.totals.peak_bytes);
  u8("peak_ms", copy.peak_ms);
  f8("end_bytes", copy.totals.in_use_bytes);
  f8("end_count", copy.sums.in_use_count);
  f8("total_bytes", copy.sums.total_bytes);
  f8("allocations_count", copy.sums.total_count);
  u8("peak_rss_bytes", recorder.timeline.peak_rss_bytes);
  u8("peak_rss_ms", recorder.timeline.peak_rss_ms);
  u8("start_rss_bytes", scope.start_rss_bytes);
  u8("inherited_bytes", recorder.inherited_bytes);
  u8("arena_bytes", static_cast<std::uint64_t>(arenas < 0 ? 0 : arenas));
  u8("own_ns", own_ns);
  u8("own_bytes", recorder.ledger.used_bytes() + recorder.stacks.sites.size() * 96ULL +
                      recorder.stacks.nodes.size() * 36ULL);
  u8("events_count", recorder.events_count);
  u8("missed_events_count", recorder.missed_events_count);
  u8("stacks_full", recorder.stacks.full() ? 1 : 0);
  u8("out_of_memory", recorder.out_of_memory ? 1 : 0);
  u8("write_errno", static_cast<std::uint64_t>(scope.write_errno));
}

}  // namespace

int write_recording(Scope& scope, bool complete) noexcept {
  Recorder& recorder = g_recorder;
  Thread* self = current_thread();
  if (self == nullptr) return ENOMEM;
  // A last tick, so that the axis reaches the end and a short program has one at all.
  if (complete) {
    const double heap = recorder.in_use_bytes();
    const std::uint64_t now = elapsed_ms();
    recorder.timeline.add_tick(
        Tick{now, read_rss_bytes(), static_cast<std::uint64_t>(heap < 0 ? 0 : heap), 0});
  }
  if (!copy_figures(recorder, *self, scope, g_copy, complete)) return ENOMEM;
  char temporary[sizeof scope.path + 8];
  std::snprintf(temporary, sizeof temporary, "%s.tmp", scope.path);
  ColumnWriter& writer = g_writer;
  int error = 0;
  if (writer.open(temporary, kKindRecording)) {
    writer.begin_column("meta", "json", "u1");
    writer.put(scope.metadata, scope.metadata_bytes);
    writer.end_column();
    write_summary(writer, recorder, scope, g_copy, complete);
    write_figures(writer, g_copy);
    write_stacks(writer, recorder, g_copy);
    write_timeline(writer, recorder.timeline, scope);
  }
  if (!writer.finish()) error = writer.error();
  if (error == 0 && ::rename(temporary, scope.path) != 0) error = errno;
  if (error != 0) ::unlink(temporary);
  scope.write_errno = error;
  scope.write_failed = error != 0;
  return error;
}

}  // namespace heapwise
