#include "indicators/combination_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace yekun {

namespace {

/// Which ids have a value, in one window.
struct Holders {
  std::vector<std::pair<ScanWorker const*, std::uint32_t>> groups{};
};
using ByValue = std::map<std::string, Holders, std::less<>>;  // in order

/// One row a value, its people as ids.
AggregationPlan plan_of(CompiledPlan const& plan, Combination const& combination, std::string const& domain) {
  AggregationPlan out;
  out.dataset = plan.plan.dataset;
  out.dates = plan.plan.dates;
  out.windows = plan.plan.windows;
  PlanGrouping grouping;
  grouping.time = TimeMode::windows;
  DimensionRule const& value = combination.value;
  grouping.by.push_back({value.expression, value.split, value.mapping, value.other, 0});
  std::vector<std::string> conditions;
  if (!combination.where.empty()) conditions.push_back(combination.where);
  grouping.aggregates.push_back({AggregateKind::distinct, combination.entity, {}, std::move(conditions), domain});
  out.groupings.push_back(std::move(grouping));
  return out;
}

std::vector<ByValue> holders_of(DatasetScan const& scan, std::size_t windows) {
  std::vector<ByValue> out(windows);
  for (auto const& worker : scan.workers) {
    WorkerGroups const& groups = worker->groups().front();
    for (std::uint32_t group = 1; group < groups.size(); ++group) {
      std::uint32_t const code = groups.table->word(group, groups.first_by_word());
      if (code == 0 || groups.states.front()->ids(group)->size() == 0) continue;
      out[groups.window(group)][std::string(groups.by.front()->text(code))].groups.emplace_back(worker.get(), group);
    }
  }
  return out;
}

/// Combinations are numbered as they are met: that of a longer one follows from the shorter one and the value added.
class Combiner {
 public:
  explicit Combiner(CombinationTable& table) : table_(table) {}

  void add_window(ByValue const& values) {
    auto& codes = table_.by_window.emplace_back();
    std::vector<std::uint32_t> taken;  // by id: the value that was added last
    std::uint32_t value = 0;
    for (auto const& one : values) {
      std::string const& text = one.first;
      ++value;
      for (auto const& [worker, group] : one.second.groups)
        worker->groups().front().states.front()->ids(group)->each([&](std::uint32_t id) {
          if (codes.size() <= id) codes.resize(std::size_t{id} + 1, 0);
          if (taken.size() <= id) taken.resize(std::size_t{id} + 1, 0);
          if (taken[id] == value) return;  // another worker saw it too
          taken[id] = value;
          codes[id] = longer(codes[id], text);
        });
    }
  }

 private:
  std::uint32_t longer(std::uint32_t shorter, std::string const& value) {
    auto const [at, is_new] = next_.try_emplace({shorter, value}, 0);
    if (!is_new) return at->second;
    std::string text = shorter == 0 ? value : fmt::format("{}{}{}", texts_->text(shorter - 1), kCombined, value);
    at->second = texts_->code(text) + 1;
    return at->second;
  }

  CombinationTable& table_;
  std::shared_ptr<Dictionary> texts_ = table_.texts;
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> next_{};
};

std::optional<Diagnostic> ambiguous(std::vector<ByValue> const& windows, std::string const& name) {
  for (ByValue const& values : windows)
    for (auto const& [value, holders] : values)
      if (value.find(kCombined) != std::string::npos) {
        Diagnostic one;
        one.fault = Fault::data;
        one.code = "combined-value";
        one.message = fmt::format("value '{}' of '{}' holds '{}', which joins the values of a combination", value, name,
                                  kCombined);
        one.hint = "give it another name with the dimension's \"map\"";
        return one;
      }
  return std::nullopt;
}

}  // namespace

Result<void> find_combinations(CompiledPlan& plan, Dataset const& dataset, SourceOpener& sources, IdDomains& ids,
                               ScanOptions const& options) {
  for (CompiledCombination& needed : plan.combinations) {
    Combination const& combination = plan.schema.combinations[needed.combination];
    auto compiled =
        compile(plan_of(plan, combination, plan.domains[plan.ids[needed.ids].domain]), plan.schema, dataset);
    if (!compiled) return failure(std::move(compiled.error()));
    ScanOptions plain = options;
    plain.hash_files = false;
    auto const scanned = scan(dataset, std::move(*compiled), sources, ids, plain);
    if (!scanned) return failure(scanned.error());
    auto const windows = holders_of(*scanned, plan.plan.windows.size());
    if (auto problem = ambiguous(windows, combination.value.expression)) return failure(std::move(*problem));
    auto table = std::make_shared<CombinationTable>();
    Combiner combiner(*table);
    for (ByValue const& values : windows) combiner.add_window(values);
    needed.table = std::move(table);
  }
  return {};
}

}  // namespace yekun
