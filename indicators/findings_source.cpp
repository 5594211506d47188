#include "indicators/findings_source.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "data-loaders/findings.h"
#include "indicators/rule_run.h"

namespace yekun {

namespace {

struct FoundRow {
  Finding finding{};
  std::optional<Date> date{};
};

constexpr std::string_view kColumns[] = {"date", "dataset", "rule",  "severity", "column",
                                         "file", "row",     "value", "reason"};

Type type_of(std::string_view column) {
  return column == "date" ? Type::date : column == "row" ? Type::integer : Type::text;
}

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// Forgets the rows: what is wanted is the summary.
class NoRows final : public BatchSink {
 public:
  void begin(unsigned /*workers*/) override {}
  bool accept(Batch& /*batch*/) override { return true; }
};

/// The dates of some rows, by file and row.
class DateSink final : public BatchSink {
 public:
  explicit DateSink(std::set<std::uint64_t> rows) : rows_(std::move(rows)) {}
  void begin(unsigned /*workers*/) override {}
  bool accept(Batch& batch) override {
    for (std::size_t i = 0; i < batch.rows && i < batch.row_numbers.size(); ++i)
      if (rows_.contains(batch.row_numbers[i]) && batch.columns[0].has(i))
        dates[{batch.file, batch.row_numbers[i]}] = Date{static_cast<std::int32_t>(batch.columns[0].whole[i])};
    return true;
  }
  std::map<std::pair<std::uint32_t, std::uint64_t>, Date> dates{};

 private:
  std::set<std::uint64_t> rows_;
};

/// Gathers the findings of all datasets.
class Gatherer {
 public:
  Gatherer(Programme const& programme, SourceContext const& context) : programme_(programme), context_(context) {}

  Result<std::vector<FoundRow>> run() {
    for (Dataset const& dataset : programme_.datasets)
      if (!is_findings(dataset))
        if (auto done = add(dataset); !done) return failure(std::move(done.error()));
    return std::move(rows_);
  }

 private:
  Result<void> add(Dataset const& dataset) {
    auto const source = open_source(dataset, context_);
    if (!source) return failure(source.error());
    auto const columns = (*source)->columns();
    if (!columns) return failure(columns.error());
    ScanRequest request;
    for (ColumnSpec const& column : dataset.columns)
      if (std::any_of(columns->begin(), columns->end(), [&](auto const& one) { return one.name == column.name; }))
        request.columns.push_back({column.name, TextForm::coded});
    NoRows none;
    auto scanned = (*source)->scan(request, none);
    if (!scanned) return failure(std::move(scanned.error()));
    auto const broken = run_rules(programme_, dataset, context_);
    if (!broken) return failure(broken.error());
    std::size_t const first = rows_.size();
    add_listed(dataset, scanned->findings);
    add_listed(dataset, *broken);
    return find_dates(dataset, **source, first);
  }

  void add_listed(Dataset const& dataset, Findings const& findings) {
    std::map<std::pair<std::string, std::string>, std::uint64_t> listed;
    for (Finding const& finding : findings.listed) {
      ++listed[{finding.rule, finding.column}];
      rows_.push_back({finding, {}});
      rows_.back().finding.dataset = dataset.id;
    }
    for (auto const& [key, count] : findings.counts) {
      Finding more;
      more.dataset = dataset.id;
      more.rule = key.first;
      more.column = key.second;
      more.severity = severity_of(dataset, key.first);
      for (std::uint64_t n = listed[key]; n < count; ++n) rows_.push_back({more, {}});
    }
  }

  /// As the rule says, or as others of its kind were found.
  Severity severity_of(Dataset const& dataset, std::string const& rule) const {
    for (RuleSpec const& one : dataset.rules)
      if (one.id == rule) return one.severity;
    if (rule == "duplicate-key" || rule == "missing-key" || rule == kRejectedCell) return Severity::error;
    auto const known = std::find_if(rows_.begin(), rows_.end(), [&](auto const& row) {
      return row.finding.dataset == dataset.id && row.finding.rule == rule;
    });
    return known == rows_.end() ? Severity::warning : known->finding.severity;
  }

  Result<void> find_dates(Dataset const& dataset, Source const& source, std::size_t first) {
    std::set<std::uint64_t> wanted;
    for (std::size_t i = first; i < rows_.size(); ++i)
      if (rows_[i].finding.row != 0) wanted.insert(rows_[i].finding.row);
    if (dataset.date.empty() || wanted.empty()) return {};
    ColumnSpec const* const date = dataset.column(dataset.date.front());
    if (date == nullptr || date->type != Type::date) return {};
    ScanRequest request;
    request.columns = {{date->name, TextForm::coded}};
    request.row_numbers = true;
    DateSink sink(std::move(wanted));
    auto const scanned = source.scan(request, sink);
    if (!scanned) return failure(scanned.error());
    std::map<std::string, std::uint32_t> files;
    for (std::uint32_t f = 0; f < scanned->files.size(); ++f) files.emplace(scanned->files[f].name, f);
    for (std::size_t i = first; i < rows_.size(); ++i) {
      auto const file = files.find(rows_[i].finding.file);
      if (file == files.end()) continue;
      auto const at = sink.dates.find({file->second, rows_[i].finding.row});
      if (at != sink.dates.end()) rows_[i].date = at->second;
    }
    return {};
  }

  Programme const& programme_;
  SourceContext const& context_;
  std::vector<FoundRow> rows_{};
};

class FindingsSource final : public Source {
 public:
  FindingsSource(Programme const& programme, SourceContext const& context) : programme_(programme), context_(context) {}

  Result<std::vector<FoundColumn>> columns() const override {
    std::vector<FoundColumn> out;
    for (std::string_view const name : kColumns) out.push_back({std::string(name), {}});
    return out;
  }

  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override {
    {
      std::lock_guard const lock(gathering_);
      if (!rows_) {
        auto rows = Gatherer(programme_, context_).run();
        if (!rows) return failure(std::move(rows.error()));
        rows_ = std::move(*rows);
      }
    }
    std::vector<std::shared_ptr<Dictionary>> dictionaries;
    for (std::size_t c = 0; c < request.columns.size(); ++c) dictionaries.push_back(std::make_shared<Dictionary>());
    sink.begin(1);
    for (std::size_t from = 0; from < rows_->size(); from += request.batch_rows) {
      Batch batch;
      batch.rows = std::min(request.batch_rows, rows_->size() - from);
      batch.order = from;
      for (std::size_t c = 0; c < request.columns.size(); ++c)
        batch.columns.push_back(column(request.columns[c].name, from, batch.rows, dictionaries[c]));
      for (std::size_t i = 0; request.row_numbers && i < batch.rows; ++i) batch.row_numbers.push_back(from + i + 1);
      if (!sink.accept(batch)) break;
    }
    ScanSummary summary;
    summary.rows = rows_->size();
    summary.files.push_back({std::string(kFindings), 0, rows_->size(), 0, {}});
    return summary;
  }

 private:
  static std::string text(Finding const& finding, std::string_view column) {
    if (column == "dataset") return finding.dataset;
    if (column == "rule") return finding.rule;
    if (column == "severity") return std::string(name_of(finding.severity));
    if (column == "column") return finding.column;
    if (column == "file") return finding.file;
    return column == "value" ? finding.text : finding.reason;
  }

  Column column(std::string_view name, std::size_t from, std::size_t rows,
                std::shared_ptr<Dictionary> const& dictionary) const {
    Column out;
    out.type = type_of(name);
    out.present.assign(rows, 0);
    if (out.type == Type::text) {
      out.codes.assign(rows, 0);
      out.dictionary = dictionary;
    } else {
      out.whole.assign(rows, 0);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      FoundRow const& row = (*rows_)[from + i];
      if (out.type == Type::text) {
        std::string const value = text(row.finding, name);
        out.present[i] = value.empty() ? 0 : 1;
        if (!value.empty()) out.codes[i] = dictionary->code(value);
      } else if (out.type == Type::date) {
        out.present[i] = row.date ? 1 : 0;
        if (row.date) out.whole[i] = row.date->days;
      } else {
        out.present[i] = row.finding.row == 0 ? 0 : 1;
        out.whole[i] = static_cast<std::int64_t>(row.finding.row);
      }
    }
    return out;
  }

  Programme const& programme_;
  SourceContext const& context_;
  mutable std::mutex gathering_{};
  mutable std::optional<std::vector<FoundRow>> rows_{};
};

}  // namespace

Dataset findings_dataset() {
  Dataset out;
  out.id = std::string(kFindings);
  out.date = {"date"};
  for (std::string_view const name : kColumns) {
    ColumnSpec column;
    column.name = std::string(name);
    column.type = type_of(name);
    out.columns.push_back(std::move(column));
  }
  return out;
}

bool is_findings(Dataset const& dataset) {
  return dataset.id == kFindings && dataset.source.files.empty() && dataset.source.connection.empty();
}

std::unique_ptr<Source> open_findings(Programme const& programme, SourceContext const& context) {
  return std::make_unique<FindingsSource>(programme, context);
}

}  // namespace yekun
