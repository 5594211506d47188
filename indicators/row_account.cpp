#include "indicators/row_account.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/column_text.h"
#include "core/utf8.h"
#include "indicators/batch_values.h"
#include "indicators/combination_pass.h"
#include "indicators/dimension.h"
#include "indicators/lookup.h"
#include "indicators/planner.h"

namespace yekun {

namespace {

enum class Fate { undated, outside, other_group, overtaken, not_where, without_value, used };

/// The first N used rows, kept until the scan ends.
class AccountSink final : public BatchSink {
 public:
  AccountSink(RowQuery const& query, CompiledPlan const& plan, std::vector<LookupTable const*> const& lookups,
              std::vector<IdTable*> const& ids, std::vector<DimensionRule> const& rules, std::size_t reporters)
      : query_(query), plan_(plan), values_(plan, lookups, ids, 0), rules_(rules), reporters_(reporters) {}
  void begin(unsigned /*workers*/) override {}

  bool accept(Batch& batch) override {
    values_.begin(batch);
    values_.set_window(query_.window);
    for (std::size_t i = 0; i < batch.rows; ++i) {
      if (finding_dates_)
        note_date(i);
      else
        note(i, fate(i), batch);
    }
    return !values_.failed();
  }
  void find_dates(bool on) { finding_dates_ = on; }
  bool failed() const { return values_.failed(); }
  Diagnostics take_errors() { return values_.take_errors(); }
  AccountedRows& result() { return out_; }
  std::vector<std::uint32_t> const& files() const { return files_; }
  /// Rows that findings speak of, by number; touched() are those of them in the window and place.
  void watch(std::set<std::uint64_t> const& rows) { watched_ = &rows; }
  std::set<std::pair<std::uint32_t, std::uint64_t>> const& touched() const { return touched_; }

 private:
  std::size_t by(std::size_t i) const { return plan_.groupings.front().by[i]; }

  bool dated(std::size_t i) { return values_.dated()[i] != 0; }

  bool in_window(std::size_t i, std::int32_t before) {
    if (query_.window.label == kAllLabel) return true;
    std::int32_t const day = values_.days()[i];
    if (plan_.dates.size() < 2) return day >= query_.window.first.days - before && day < query_.window.end.days;
    Column const& last = values_.schema_column(plan_.dates[1]);
    return day < query_.window.end.days && (!last.has(i) || last.whole[i] >= query_.window.first.days);
  }

  std::string reporter(std::size_t i) {
    std::string key;
    for (std::size_t r = 0; r < reporters_; ++r) {
      Column const& column = values_.value(plan_.groupings.front().reporters[r]);
      add_key_part(key, column.has(i) ? "=" + entry_text(column, i) : "", false);
    }
    return key;
  }

  void note_date(std::size_t i) {
    if (!dated(i) || !in_window(i, query_.carry_days)) return;
    std::int32_t const day = values_.days()[i];
    auto const [at, is_new] = best_.try_emplace(reporter(i), day);
    if (query_.over_time == OverTime::last ? day > at->second : day < at->second) at->second = day;
  }

  bool in_place(std::size_t i) {
    for (std::size_t d = 0; d < rules_.size(); ++d) {
      Column const& column = values_.value(by(d));
      std::string const text = column.has(i) ? entry_text(column, i) : "(unknown)";
      std::string const& wanted = *query_.place[d].value;
      if (rules_[d].split.empty() ? text != wanted : !has_part(d, text, wanted)) return false;
    }
    return true;
  }

  bool has_part(std::size_t d, std::string const& text, std::string const& wanted) {
    if (text == "(unknown)") return wanted == text;
    Column one;
    one.present = {1};
    one.form = TextForm::raw;
    one.raw = {text};
    DimensionCoder coder;
    std::uint32_t code = 0;
    coder.code(one, 1, &code);
    for (std::uint32_t const part :
         coder.parts(code, {"", rules_[d].split, rules_[d].mapping, rules_[d].other, rules_[d].overlaps}))
      if ((part == 0 ? "(unknown)" : coder.text(part)) == wanted) return true;
    return false;
  }

  Fate fate(std::size_t i) {
    if (!dated(i) && query_.window.label != kAllLabel) return Fate::undated;
    bool const stock = query_.of_reports && plan_.dates.size() == 1;
    if (!in_window(i, stock ? query_.carry_days : 0)) return Fate::outside;
    if (stock && !dated(i)) return Fate::undated;
    if (!in_place(i)) return Fate::other_group;
    if (stock && !best_.empty() && best_.at(reporter(i)) != values_.days()[i]) return Fate::overtaken;
    if (values_.mask(plan_.groupings.front().aggregates[0].mask)[i] == 0) return Fate::not_where;
    return values_.mask(plan_.groupings.front().aggregates[1].mask)[i] == 0 ? Fate::without_value : Fate::used;
  }

  void note(std::size_t i, Fate fate, Batch const& batch) {
    bool const here = fate != Fate::undated && fate != Fate::outside && fate != Fate::other_group;
    if (here && watched_ != nullptr && i < batch.row_numbers.size() && watched_->contains(batch.row_numbers[i]))
      touched_.emplace(batch.file, batch.row_numbers[i]);
    note_fate(i, fate, batch.file);
  }

  void note_fate(std::size_t i, Fate fate, std::uint32_t file) {
    RowAccount& rows = out_.rows;
    ++rows.total;
    switch (fate) {
      case Fate::undated:
        ++rows.undated;
        return;
      case Fate::outside:
        ++rows.outside;
        return;
      case Fate::other_group:
        ++rows.other_group;
        return;
      case Fate::overtaken:
        ++rows.overtaken;
        return;
      case Fate::not_where:
        ++rows.not_where;
        return;
      case Fate::without_value:
        ++rows.without_value;
        return;
      case Fate::used:
        ++rows.used;
    }
    if (out_.shown.size() >= query_.rows) return;
    ExplainedRow row;
    for (std::size_t c = rules_.size(); c < plan_.groupings.front().by.size(); ++c) {
      CompiledExpression const& compiled = plan_.expressions[by(c)];
      Column const& column = values_.value(by(c));
      row.values.push_back(!column.has(i) ? "" : compiled.bound.personal ? "•••" : entry_text(column, i));
    }
    out_.shown.push_back(std::move(row));
    files_.push_back(file);
  }

  RowQuery const& query_;
  CompiledPlan const& plan_;
  BatchValues values_;
  std::vector<DimensionRule> const& rules_;
  std::size_t reporters_;
  bool finding_dates_ = false;
  std::set<std::uint64_t> const* watched_ = nullptr;
  std::set<std::pair<std::uint32_t, std::uint64_t>> touched_{};
  std::map<std::string, std::int32_t> best_{};
  AccountedRows out_{};
  std::vector<std::uint32_t> files_{};
};

Result<std::vector<DimensionRule>> rules_of(RowQuery const& query, Schema const& schema) {
  std::vector<DimensionRule> rules;
  for (auto const& part : query.place) {
    Dimension const* const dimension = query.programme->dimension(part.dimension);
    bool const elsewhere =
        dimension != nullptr && !dimension->of_dataset.empty() && dimension->of_dataset != query.dataset->id;
    auto rule = dimension == nullptr || elsewhere ? resolve_column(part.dimension, schema)
                                                  : resolve_dimension(*dimension, schema);
    if (!rule) return failure(std::move(rule.error()));
    rules.push_back(std::move(*rule));
  }
  return rules;
}

/// Columns that a reader of the rows wants to see: the dataset's own.
std::vector<std::string> own_columns(RowSchema const& schema) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < schema.origins.size(); ++i)
    if (schema.origins[i].from == ColumnOrigin::From::source) names.push_back(schema.schema.columns[i].name);
  return names;
}

AggregationPlan plan_of(RowQuery const& query, std::vector<DimensionRule> const& rules,
                        std::vector<std::string> const& columns) {
  AggregationPlan plan;
  plan.dataset = query.dataset->id;
  plan.dates = query.dataset->date;
  plan.windows = {query.window};
  PlanGrouping grouping;
  for (auto const& rule : rules) grouping.by.push_back({rule.expression, {}, {}, {}});
  for (auto const& column : columns) grouping.by.push_back({quote_name(column), {}, {}, {}});
  if (query.of_reports) grouping.reporters = stock_reporters(*query.dataset);
  grouping.aggregates.push_back({AggregateKind::count, {}, {}, query.conditions, {}});
  grouping.aggregates.push_back({AggregateKind::count, query.argument, {}, query.conditions, {}});
  plan.groupings.push_back(std::move(grouping));
  return plan;
}

/// Those in the rows that were touched, once each.
std::vector<Finding> touching(std::vector<Finding> const& findings, AccountSink const& sink,
                              std::vector<FileFacts> const& files) {
  std::vector<Finding> out;
  for (Finding const& finding : findings)
    for (auto const& [file, row] : sink.touched())
      if (row == finding.row && files[file].name == finding.file) out.push_back(finding);
  return out;
}

std::set<std::uint64_t> rows_of(std::vector<Finding> const& findings) {
  std::set<std::uint64_t> rows;
  for (Finding const& finding : findings)
    if (finding.row != 0) rows.insert(finding.row);
  return rows;
}

/// Findings in the query's rows: one more scan, only where there are findings at all.
Result<std::vector<Finding>> find_touching(Source const& source, ScanRequest request, AccountSink& sink,
                                           std::vector<Finding> const& findings) {
  std::set<std::uint64_t> const rows = rows_of(findings);
  if (rows.empty()) return std::vector<Finding>{};
  sink.watch(rows);
  request.row_numbers = true;
  auto const scanned = source.scan(request, sink);
  if (sink.failed()) return failure(sink.take_errors());
  if (!scanned) return failure(scanned.error());
  return touching(findings, sink, scanned->files);
}

}  // namespace

Result<AccountedRows> account_rows(RowQuery const& query, SourceCache& sources) {
  auto const schema = sources.schema(query.dataset->id);
  if (!schema) return failure(schema.error());
  auto const rules = rules_of(query, (*schema)->schema);
  if (!rules) return failure(rules.error());
  std::vector<std::string> const columns = query.rows > 0 ? own_columns(**schema) : std::vector<std::string>{};
  auto plan = compile(plan_of(query, *rules, columns), **schema, *query.dataset);
  if (!plan) return failure(plan.error());
  IdDomains domains(1);
  if (auto found = find_combinations(*plan, *query.dataset, sources, domains, {1, false, 4096}); !found)
    return failure(std::move(found.error()));
  std::vector<IdTable*> ids;
  for (auto const& domain : plan->domains) ids.push_back(&domains.domain(domain));
  auto const lookups = read_lookups(*query.dataset, *plan, sources);
  if (!lookups) return failure(lookups.error());
  std::vector<LookupTable const*> tables;
  for (auto const& lookup : *lookups) tables.push_back(lookup.get());
  auto const source = sources.open(query.dataset->id);
  if (!source) return failure(source.error());
  ScanRequest request;
  for (auto const& read : plan->reads)
    request.columns.push_back({plan->schema.origins[read.schema_column].column, read.form});
  AccountSink sink(query, *plan, tables, ids, *rules, plan->groupings.front().reporters.size());
  bool const dates_first = query.of_reports && query.dataset->date.size() == 1 &&
                           (query.over_time == OverTime::last || query.over_time == OverTime::first);
  ScanSummary summary;
  for (int pass = dates_first ? 0 : 1; pass < 2; ++pass) {
    sink.find_dates(pass == 0);
    auto scanned = (*source)->scan(request, sink);
    if (sink.failed()) return failure(sink.take_errors());
    if (!scanned) return failure(std::move(scanned.error()));
    summary = std::move(*scanned);
  }
  AccountedRows out = std::move(sink.result());
  out.columns = columns;
  for (std::size_t i = 0; i < out.shown.size(); ++i) out.shown[i].file = summary.files[sink.files()[i]].name;
  std::vector<Finding> findings = summary.findings.listed;
  findings.insert(findings.end(), query.findings.listed.begin(), query.findings.listed.end());
  auto touched = find_touching(**source, request, sink, findings);
  if (!touched) return failure(std::move(touched.error()));
  out.findings = std::move(*touched);
  return out;
}

}  // namespace yekun
