#include "indicators/roll_up.h"

#include <algorithm>
#include <map>

namespace yekun {

namespace {

constexpr std::uint32_t kNoReporter = 0xFFFFFFFFU;

/// (cell, worker, group), gathered first and sorted by cell afterwards.
class Builder {
 public:
  Builder(DatasetScan const& scan, RollUpRequest const& request, std::vector<Period> const& windows, CellSpace& cells)
      : scan_(scan), request_(request), windows_(windows), cells_(cells) {
    out_.scan = &scan;
    out_.grouping = request.grouping;
    out_.dimensions = request.dimensions;
    out_.window_has_rows.assign(windows.size(), 0);
  }

  CellMembers build() {
    translate_keys();
    if (groups(0).by_report()) number_reporters();
    for (std::size_t w = 0; w < windows_.size(); ++w) add_window(w);
    sort();
    return std::move(out_);
  }

 private:
  WorkerGroups const& groups(std::size_t worker) const { return scan_.workers[worker]->groups()[request_.grouping]; }

  /// The question's code of every group's dimensions.
  void translate_keys() {
    codes_.resize(scan_.workers.size());
    for (std::size_t worker = 0; worker < scan_.workers.size(); ++worker) {
      WorkerGroups const& from = groups(worker);
      for (std::size_t d = 0; d < request_.dimensions.size(); ++d) {
        auto& codes = codes_[worker].emplace_back(from.size(), kRolledUp);
        if (!request_.dimensions[d]) continue;
        std::size_t const at = *request_.dimensions[d];
        std::vector<std::uint32_t> local(from.by[at]->size(), 0);
        local[0] = kUnknownValue;
        for (std::uint32_t group = 1; group < from.size(); ++group) {
          std::uint32_t const code = from.table->word(group, from.first_by_word() + at);
          if (local[code] == 0) local[code] = cells_.code_of(d, from.by[at]->text(code));
          codes[group] = local[code];
        }
      }
    }
  }

  void number_reporters() {
    std::map<std::vector<std::string>, std::uint32_t> numbers;
    out_.reporter.resize(scan_.workers.size());
    for (std::size_t worker = 0; worker < scan_.workers.size(); ++worker) {
      WorkerGroups const& from = groups(worker);
      auto& reporter = out_.reporter[worker];
      reporter.assign(from.size(), kNoReporter);
      std::map<std::vector<std::uint32_t>, std::uint32_t> local;
      std::vector<std::uint32_t> words(from.reporters.size());
      for (std::uint32_t group = 1; group < from.size(); ++group) {
        for (std::size_t r = 0; r < words.size(); ++r)
          words[r] = from.table->word(group, from.first_reporter_word() + r);
        auto const [at, is_new] = local.try_emplace(words, 0);
        if (is_new) {
          std::vector<std::string> texts;
          for (std::size_t r = 0; r < words.size(); ++r)
            texts.push_back(words[r] == 0 ? std::string() : "=" + std::string(from.reporters[r]->text(words[r])));
          at->second = numbers.try_emplace(std::move(texts), static_cast<std::uint32_t>(numbers.size())).first->second;
        }
        reporter[group] = at->second;
      }
    }
    out_.report_days.resize(numbers.size());
    each([&](std::uint32_t worker, std::uint32_t group) {
      std::int32_t const day = groups(worker).day(group);
      if (day != kUndated) out_.report_days[out_.reporter[worker][group]].push_back(day);
    });
    for (auto& days : out_.report_days) {
      std::sort(days.begin(), days.end());
      days.erase(std::unique(days.begin(), days.end()), days.end());
    }
  }

  template <class F>
  void each(F&& f) {
    for (std::uint32_t worker = 0; worker < scan_.workers.size(); ++worker)
      for (std::uint32_t group = 1; group < groups(worker).size(); ++group) f(worker, group);
  }

  /// The plan's window that is this one, for the modes by window.
  std::size_t plan_window(Period const& window) const {
    auto const& windows = scan_.plan->plan.windows;
    for (std::size_t i = 0; i < windows.size(); ++i)
      if (windows[i].first == window.first && windows[i].end == window.end &&
          (windows[i].label == "all") == (window.label == "all"))
        return i;
    return windows.size();
  }

  void add_window(std::size_t w) {
    Period const& window = windows_[w];
    bool const all = window.label == "all";
    bool const by_window = groups(0).by_window();
    bool const by_report = groups(0).by_report();
    std::size_t const mine = by_window ? plan_window(window) : 0;
    std::vector<Member> chosen;
    each([&](std::uint32_t worker, std::uint32_t group) {
      WorkerGroups const& from = groups(worker);
      if (by_window && from.window(group) != mine) return;
      if (by_report) {
        std::int32_t const day = from.day(group);
        bool const in =
            day != kUndated && (all || (day >= window.first.days - request_.before && day < window.end.days));
        if (in) chosen.push_back({worker, group});
        return;
      }
      if (!by_window && !all) {
        std::int32_t const day = first_day(from.day(group));
        if (day == kUndated || day < window.first.days || day >= window.end.days) return;
      }
      chosen.push_back({worker, group});
    });
    if (by_report) pick_reports(chosen);
    if (!chosen.empty()) out_.window_has_rows[w] = 1;
    for (std::uint32_t const set : request_.sets) add_cells(w, set, chosen);
  }

  /// Windows at the edge of the data begin with its first date; a stretch that begins earlier has no earlier rows.
  std::int32_t first_day(std::int32_t stretch) const {
    return stretch == kUndated || !scan_.first ? stretch : std::max(stretch, scan_.first->days);
  }

  /// Of each reporter only the last or first of the reports.
  void pick_reports(std::vector<Member>& chosen) const {
    if (request_.pick != ReportPick::last && request_.pick != ReportPick::first) return;
    bool const last = request_.pick == ReportPick::last;
    std::vector<std::int32_t> best(out_.report_days.size(), kUndated);
    auto const day_of = [&](Member m) { return groups(m.worker).day(m.group); };
    for (Member const m : chosen) {
      std::int32_t& day = best[out_.reporter[m.worker][m.group]];
      if (day == kUndated || (last ? day_of(m) > day : day_of(m) < day)) day = day_of(m);
    }
    std::erase_if(chosen, [&](Member m) { return day_of(m) != best[out_.reporter[m.worker][m.group]]; });
  }

  void add_cells(std::size_t window, std::uint32_t set, std::vector<Member> const& chosen) {
    std::size_t const n = chosen.size();
    std::vector<std::vector<std::uint32_t>> words(cells_.dimensions() + 1);
    words[0].assign(n, static_cast<std::uint32_t>(window) + 1);
    for (std::size_t d = 0; d < cells_.dimensions(); ++d) {
      words[d + 1].assign(n, kRolledUp);
      if ((set >> d & 1U) == 0) continue;
      for (std::size_t i = 0; i < n; ++i) words[d + 1][i] = codes_[chosen[i].worker][d][chosen[i].group];
    }
    std::vector<std::uint32_t const*> pointers;
    for (auto const& word : words) pointers.push_back(word.data());
    std::vector<std::uint32_t> found(n);
    cells_.find(pointers, n, found.data());
    for (std::size_t i = 0; i < n; ++i) {
      cell_of_.push_back(found[i]);
      out_.members.push_back(chosen[i]);
    }
  }

  void sort() {
    out_.starts.assign(std::size_t{cells_.size()} + 1, 0);
    for (std::uint32_t const cell : cell_of_) ++out_.starts[cell + 1];
    for (std::size_t i = 1; i < out_.starts.size(); ++i) out_.starts[i] += out_.starts[i - 1];
    std::vector<std::uint32_t> next(out_.starts.begin(), out_.starts.end() - 1);
    std::vector<Member> sorted(out_.members.size());
    for (std::size_t i = 0; i < cell_of_.size(); ++i) sorted[next[cell_of_[i]]++] = out_.members[i];
    out_.members = std::move(sorted);
  }

  DatasetScan const& scan_;
  RollUpRequest const& request_;
  std::vector<Period> const& windows_;
  CellSpace& cells_;
  CellMembers out_{};
  std::vector<std::vector<std::vector<std::uint32_t>>> codes_{};  // by worker, dimension, group
  std::vector<std::uint32_t> cell_of_{};
};

}  // namespace

CellMembers roll_up(DatasetScan const& scan, RollUpRequest const& request, std::vector<Period> const& windows,
                    CellSpace& cells) {
  if (scan.workers.empty()) {
    CellMembers none;
    none.scan = &scan;
    none.grouping = request.grouping;
    none.window_has_rows.assign(windows.size(), 0);
    none.starts.assign(std::size_t{cells.size()} + 1, 0);
    return none;
  }
  return Builder(scan, request, windows, cells).build();
}

}  // namespace yekun
