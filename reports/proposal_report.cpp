#include <fmt/format.h>

#include <algorithm>

#include "core/catalogue.h"
#include "core/json_tree.h"
#include "reports/proposal.h"

namespace yekun {
namespace {

constexpr std::size_t kMostCards = 6;
constexpr std::size_t kMostInTable = 6;
constexpr std::uint64_t kMostRows = 40;
constexpr std::uint64_t kMostBars = 15;

/// The indicators over one table, those of packs first.
std::vector<std::string> shown_of(Proposal const& proposal, ProposedDataset const& dataset) {
  std::vector<std::string> out;
  for (auto const& pack : proposal.packs)
    if (pack.dataset == dataset.id) out.insert(out.end(), pack.shown.begin(), pack.shown.end());
  for (auto const& indicator : proposal.indicators)
    if (indicator.dataset == dataset.id) out.push_back(indicator.id);
  return out;
}

/// The first two of each table, then more while there is room.
std::vector<std::string> cards(std::vector<std::vector<std::string>> const& tables) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < kMostCards; from += 2)
    for (auto const& table : tables)
      for (std::size_t i = from; i < std::min(from + 2, table.size()); ++i)
        if (out.size() < kMostCards) out.push_back(table[i]);
  return out;
}

/// The ways to group a table's rows: by place, by sex, then by what has fewest values; of registers looked up, too.
std::vector<std::pair<std::string, std::uint64_t>> groups_of(Proposal const& proposal, ProposedDataset const& dataset) {
  std::vector<ProposedColumn const*> found;
  auto const take = [&](ProposedDataset const& from) {
    for (auto const& column : from.columns)
      if (column.role == TakenFor::category && column.profile.distinct <= kMostRows &&
          std::none_of(found.begin(), found.end(), [&](auto const* one) { return one->name == column.name; }))
        found.push_back(&column);
  };
  take(dataset);
  for (auto const& [column, target] : dataset.lookups)
    for (auto const& other : proposal.datasets)
      if (target.starts_with(other.id + ".")) take(other);
  auto const rank = [](ProposedColumn const* column) {
    if (column->type != Type::text || column->hints.contains(Hint::identifier)) return 3;  // a code stands for a name
    if (column->hints.contains(Hint::place)) return 0;
    return column->hints.contains(Hint::sex) ? 1 : 2;
  };
  std::stable_sort(found.begin(), found.end(), [&](auto const* a, auto const* b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : rank(a) == 2 && a->profile.distinct < b->profile.distinct;
  });
  std::vector<std::pair<std::string, std::uint64_t>> out;
  for (auto const* column : found) out.emplace_back(column->name, column->profile.distinct);
  return out;
}

/// What the charts of a table show: its first indicator, unless that counts rows of which others add up people; then
/// these, a total of them before a part.
std::string drawn_of(Proposal const& proposal, ProposedDataset const& dataset, std::vector<std::string> const& shown) {
  if (shown.front() != dataset.id + "_records") return shown.front();
  std::string out = shown.front();
  for (auto const& one : proposal.indicators) {
    if (one.dataset != dataset.id || one.unit != "people" || !one.measure.starts_with("sum(")) continue;
    if (names_a_total(one.label)) return one.id;
    if (out == shown.front()) out = one.id;
  }
  return out;
}

bool names_by_code(Proposal const& proposal, std::string const& name) {
  for (auto const& dataset : proposal.datasets)
    if (auto const* const column = dataset.column(name); column != nullptr)
      return column->hints.contains(Hint::identifier);
  return false;
}

void add_table_sections(Proposal const& proposal, ProposedDataset const& dataset, ProposedPeriod const& period,
                        std::vector<std::string>& out) {
  auto const shown = shown_of(proposal, dataset);
  if (shown.empty()) return;
  auto const groups = groups_of(proposal, dataset);
  auto const first = quote_json(drawn_of(proposal, dataset, shown));
  std::string heading = fmt::format("\"heading\": {}, ", quote_json(dataset.title));
  std::vector<std::string> charts;
  auto const window =
      period.range.empty() ? fmt::format("\"periods\": {}", period.steps) : "\"period\": " + quote_json(period.range);
  if (!dataset.date.empty())
    charts.push_back(fmt::format("\"chart\": {{\"x\": \"{}\", \"y\": {}, {}", period.step, first, window));
  for (auto const& [name, values] : groups)
    if (values <= kMostBars && charts.size() < 2 && (charts.empty() || !names_by_code(proposal, name)))
      charts.push_back(fmt::format("\"chart\": {{\"type\": \"bar\", \"x\": {}, \"y\": {}", quote_json(name), first));
  for (auto const& chart : charts) {
    out.push_back(fmt::format("{{{}{}{}}}}}", heading, chart, charts.size() == 2 ? ", \"share\": 0.5" : ""));
    heading.clear();
  }
  std::vector<std::string> const columns(
      shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(std::min(shown.size(), kMostInTable)));
  if (groups.empty())
    out.push_back(
        fmt::format("{{{}\"table\": {{\"indicators\": {}, \"comparisons\": true}}}}", heading, list_in_json(shown)));
  else
    out.push_back(fmt::format("{{{}\"table\": {{\"indicators\": {}, \"rows\": {}, \"totals\": true}}}}", heading,
                              list_in_json(columns), quote_json(groups.front().first)));
}

}  // namespace

ProposedPeriod propose_period(Proposal const& proposal, Date as_of) {
  std::optional<Date> first;
  std::optional<Date> last;
  bool const any_days = std::any_of(proposal.datasets.begin(), proposal.datasets.end(),
                                    [](auto const& one) { return one.date.size() == 1; });
  for (auto const& dataset : proposal.datasets) {
    if (!dataset.first || !dataset.last || dataset.date.empty()) continue;
    if (any_days && dataset.date.size() == 2) continue;  // stays begin long before anything is reported
    Date const until = std::min(*dataset.last, as_of);
    first = first ? std::min(*first, *dataset.first) : *dataset.first;
    last = last ? std::max(*last, until) : until;
  }
  if (!first || *last < *first) return {PeriodKind::year, "year", 1, {}, {}};
  std::int32_t const days = *last - *first + 1;
  ProposedPeriod out;
  if (days <= 45)
    out = {PeriodKind::month, days <= 14 ? "day" : "week", days <= 14 ? days : (days + 6) / 7, {}, {}};
  else if (days <= 100)
    out = {PeriodKind::month, "month", (days + 29) / 30, {}, {}};
  else if (days <= 1100)
    out = {PeriodKind::quarter, "month", 12, {}, {}};
  else
    out = {PeriodKind::year, "year", std::min(10, (days + 364) / 365), {}, {}};
  if (out.step == "day" || out.step == "week") out.range = to_iso(*first) + ".." + to_iso(*last);
  auto const current = period_at(out.kind, *last, {});
  auto const before = previous(current, {});
  bool const whole = (current.end - *last) * 3 <= current.days();  // the last third has begun
  out.label = whole || before.first < *first ? current.label : before.label;
  return out;
}

std::string report_text(Proposal const& proposal, ProposedPeriod const& period, std::string const& next) {
  auto const texts = Catalogue::load(proposal.language);
  if (!texts) return {};
  std::vector<std::vector<std::string>> tables;
  for (auto const& dataset : proposal.datasets)
    if (auto shown = shown_of(proposal, dataset); !shown.empty()) tables.push_back(std::move(shown));
  std::vector<std::string> sections{fmt::format("{{\"kpis\": {}}}", list_in_json(cards(tables)))};
  for (auto const& dataset : proposal.datasets) add_table_sections(proposal, dataset, period, sections);
  auto const heading = [&](std::string_view key, std::string_view what) {
    return fmt::format("{{\"heading\": {}, \"{}\": true}}", quote_json(texts->text(key)), what);
  };
  sections.push_back(heading("init.quality", "data_quality"));
  sections.push_back(heading("init.definitions", "definitions"));
  sections.push_back(heading("init.sources", "provenance"));
  std::string out = "// A first report. Build it: " + next + "\n{\n  \"programme\": \"programme.json\",\n";
  out +=
      fmt::format("  \"period\": \"{}\",  // without --period the last complete one is built\n", to_text(period.kind));
  out += fmt::format(
      "  \"title\": {},\n  \"subtitle\": \"{{period}}\",\n  \"status\": \"draft\",  // until somebody has read it\n  "
      "\"sections\": [\n",
      quote_json(proposal.title));
  for (std::size_t i = 0; i < sections.size(); ++i)
    out += "    " + sections[i] + (i + 1 < sections.size() ? ",\n" : "\n");
  return out + "  ],\n  \"outputs\": [\"xlsx\", \"pdf\", \"html\"]\n}\n";
}

}  // namespace yekun
