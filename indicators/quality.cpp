#include "indicators/quality.h"

#include <algorithm>

#include "indicators/quality_rules.h"

namespace yekun {

void FindingList::add(std::uint64_t order, Finding finding) {
  ++counted_.counts[{finding.rule, finding.column}];
  ++counted_.total;
  if (finding.severity == Severity::error) ++counted_.errors;
  auto const later = [](RuleFinding const& a, RuleFinding const& b) { return a.order < b.order; };
  if (listed_.size() < Findings::kListed) {
    listed_.push_back({order, std::move(finding)});
    if (listed_.size() == Findings::kListed) std::make_heap(listed_.begin(), listed_.end(), later);
    return;
  }
  if (listed_.front().order <= order) return;  // full: a heap by order, of which the last gives way
  std::pop_heap(listed_.begin(), listed_.end(), later);
  listed_.back() = {order, std::move(finding)};
  std::push_heap(listed_.begin(), listed_.end(), later);
}

Findings FindingList::take() {
  std::stable_sort(listed_.begin(), listed_.end(), [](RuleFinding const& a, RuleFinding const& b) {
    return a.order != b.order ? a.order < b.order
                              : std::tie(a.finding.rule, a.finding.column) < std::tie(b.finding.rule, b.finding.column);
  });
  for (RuleFinding& placed : listed_) counted_.listed.push_back(std::move(placed.finding));
  listed_.clear();
  return std::move(counted_);
}

struct QualityChecker::Work {
  Dataset dataset;
  Schema schema;
  std::vector<std::unique_ptr<QualityRule>> rules{};
  FindingList findings{};
  std::uint64_t seen = 0;
  std::vector<FileFacts> files{};
};

namespace {

/// Makes the rules of a dataset; keeps their mistakes.
class RuleMaker {
 public:
  RuleMaker(Dataset const& dataset, Schema const& schema, References& references)
      : dataset_(dataset), schema_(schema), references_(references) {}

  std::vector<std::unique_ptr<QualityRule>> run() {
    if (!dataset_.key.empty()) {
      RuleSpec key;
      key.id = "duplicate-key";
      key.place = dataset_.place;
      key.severity = Severity::error;
      if (auto columns = columns_of(dataset_.key, key))
        rules_.push_back(make_unique_rule(key, std::move(*columns), true));
    }
    if (dataset_.date.size() == 2) interval();
    for (RuleSpec const& rule : dataset_.rules) make(rule);
    return std::move(rules_);
  }
  Diagnostics take_errors() { return std::move(errors_); }

 private:
  void report(RuleSpec const& rule, std::string code, std::string message, std::string hint) {
    Diagnostic d;
    d.code = std::move(code);
    d.place = rule.place;
    d.message = std::move(message);
    d.hint = std::move(hint);
    errors_.push_back(std::move(d));
  }

  std::optional<std::vector<std::size_t>> columns_of(std::vector<std::string> const& names, RuleSpec const& rule) {
    std::vector<std::size_t> out;
    for (std::string const& name : names) {
      auto const found = find_column(schema_, name);
      if (!found) {
        report(rule, "unknown-column", found.error().message + " in rule '" + rule.id + "'", found.error().hint);
        return std::nullopt;
      }
      out.push_back(*found);
    }
    return out;
  }

  bool numbers_only(std::vector<std::size_t> const& columns, RuleSpec const& rule) {
    for (std::size_t const c : columns) {
      Type const type = schema_.columns[c].type;
      if (type == Type::integer || type == Type::decimal || type == Type::number) continue;
      report(
          rule, "type",
          "rule '" + rule.id + "' needs a number, '" + schema_.columns[c].name + "' is a " + std::string(to_text(type)),
          "declare the column's type under \"columns\"");
      return false;
    }
    return true;
  }

  /// A row that ends before it starts lies in no period.
  void interval() {
    auto const quoted = [](std::string const& name) {
      std::string out = "\"";
      for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      return out + "\"";
    };
    RuleSpec rule;
    rule.id = "ends-before-start";
    rule.place = dataset_.place;
    rule.severity = Severity::error;
    rule.expression = quoted(dataset_.date[1]) + " >= " + quoted(dataset_.date[0]);
    rule.message = {{"en", "it ends before it starts and is in no period"}};
    expectation(rule);
  }

  void expectation(RuleSpec const& rule) {
    auto parsed = parse(rule.expression, rule.place);
    auto bound = parsed ? bind_condition(*parsed, schema_) : tl::unexpected<Diagnostics>(parsed.error());
    if (bound)
      rules_.push_back(make_expectation(rule, std::move(*bound)));
    else
      errors_.insert(errors_.end(), bound.error().begin(), bound.error().end());
  }

  void gaps(RuleSpec const& rule) {
    if (dataset_.date.size() != 1)
      return report(rule, "date", "rule '" + rule.id + "' looks for gaps, but the dataset has no single date",
                    "name it: \"date\": \"...\"");
    std::vector<std::string> by = rule.by.empty() ? rule.columns : rule.by;
    auto const date = columns_of(dataset_.date, rule);
    auto series = columns_of(by, rule);
    if (date && series && schema_.columns[date->front()].type != Type::date)
      return report(rule, "type", "rule '" + rule.id + "' needs a date, '" + dataset_.date.front() + "' is none", "");
    if (date && series) rules_.push_back(make_daily_gaps(rule, date->front(), std::move(*series)));
  }

  void make(RuleSpec const& rule) {
    if (rule.kind == RuleKind::expect) return expectation(rule);
    if (rule.kind == RuleKind::daily_gaps) return gaps(rule);
    auto columns = columns_of(rule.columns, rule);
    if (!columns) return;
    bool const numeric = rule.kind == RuleKind::range || rule.kind == RuleKind::outlier;
    if (numeric && !numbers_only(*columns, rule)) return;
    switch (rule.kind) {
      case RuleKind::unique:
        return rules_.push_back(make_unique_rule(rule, std::move(*columns), false));
      case RuleKind::allowed:
        return rules_.push_back(make_allowed(rule, std::move(*columns), {rule.allowed.begin(), rule.allowed.end()}));
      case RuleKind::reference:
        return rules_.push_back(make_allowed(rule, std::move(*columns), std::move(references_[rule.reference])));
      case RuleKind::range:
        return rules_.push_back(make_range(rule, std::move(*columns)));
      default:
        break;
    }
    auto by = columns_of(rule.by, rule);
    if (!by) return;
    for (std::size_t const c : *columns) rules_.push_back(make_outlier(rule, c, *by));
  }

  Dataset const& dataset_;
  Schema const& schema_;
  References& references_;
  std::vector<std::unique_ptr<QualityRule>> rules_;
  Diagnostics errors_;
};

}  // namespace

QualityChecker::QualityChecker(std::unique_ptr<Work> work) : work_(std::move(work)) {}
QualityChecker::~QualityChecker() = default;
QualityChecker::QualityChecker(QualityChecker&&) noexcept = default;
QualityChecker& QualityChecker::operator=(QualityChecker&&) noexcept = default;

Result<QualityChecker> QualityChecker::make(Dataset const& dataset, Schema const& schema, References references) {
  auto work = std::make_unique<Work>();
  work->dataset = dataset;
  work->schema = schema;
  RuleMaker maker(work->dataset, work->schema, references);
  work->rules = maker.run();
  if (Diagnostics errors = maker.take_errors(); !errors.empty()) return failure(std::move(errors));
  return QualityChecker(std::move(work));
}

std::vector<std::size_t> QualityChecker::needed() const {
  std::set<std::size_t> columns;
  for (auto const& rule : work_->rules) columns.insert(rule->columns().begin(), rule->columns().end());
  return {columns.begin(), columns.end()};
}

tl::expected<void, Diagnostics> QualityChecker::accept(QualityRows const& rows) {
  work_->files.assign(rows.files.begin(), rows.files.end());
  QualityContext const context{work_->dataset, work_->schema, rows, work_->seen, work_->findings};
  for (auto const& rule : work_->rules)
    if (auto done = rule->accept(context); !done) return done;
  work_->seen += rows.rows;
  return {};
}

Findings QualityChecker::finish() {
  QualityRows none;
  none.files = work_->files;
  QualityContext const context{work_->dataset, work_->schema, none, work_->seen, work_->findings};
  for (auto const& rule : work_->rules) rule->finish(context);
  return work_->findings.take();
}

std::vector<std::string> references_of(Dataset const& dataset) {
  std::set<std::string> out;
  for (RuleSpec const& rule : dataset.rules)
    if (rule.kind == RuleKind::reference) out.insert(rule.reference);
  return {out.begin(), out.end()};
}

Result<Findings> check_table(Dataset const& dataset, Table const& table, References references) {
  Schema schema;
  QualityRows rows;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    ColumnSpec const* spec = dataset.column(table.names[i]);
    schema.columns.push_back({table.names[i], table.columns[i].type, spec != nullptr && spec->personal});
    rows.columns.push_back(&table.columns[i]);
  }
  auto checker = QualityChecker::make(dataset, schema, std::move(references));
  if (!checker) return tl::unexpected<Diagnostics>(std::move(checker.error()));
  rows.rows = table.rows();
  rows.file_of_row = table.file_of_row;
  rows.row_in_file = table.row_in_file;
  rows.files = table.summary.files;
  if (auto done = checker->accept(rows); !done) return failure(std::move(done.error()));
  return checker->finish();
}

}  // namespace yekun
