#include "indicators/targets.h"

#include <algorithm>
#include <memory>

namespace yekun {
namespace {

/// The names by which rows may be grouped anywhere in the programme.
std::vector<std::string> groupings(Programme const& programme) {
  std::vector<std::string> names;
  for (Dimension const& dimension : programme.dimensions) {
    names.push_back(dimension.id);
    names.insert(names.end(), dimension.levels.begin(), dimension.levels.end());
  }
  for (Dataset const& dataset : programme.datasets) {
    for (ColumnSpec const& column : dataset.columns) names.push_back(column.name);
    for (DerivedColumn const& column : dataset.derived) names.push_back(column.name);
    for (LookupSpec const& lookup : dataset.lookups)
      if (Dataset const* target = programme.dataset(lookup.target))
        for (ColumnSpec const& column : target->columns) names.push_back(lookup.name + "." + column.name);
  }
  return names;
}

class TargetsFile {
 public:
  TargetsFile(Programme& programme, std::string file, Place spec_place)
      : programme_(programme), file_(std::move(file)), spec_place_(std::move(spec_place)) {}

  Diagnostics read(SourceContext const& context) {
    Dataset dataset;
    dataset.id = file_;
    dataset.source.files = {file_};
    dataset.source.place = spec_place_;
    auto source = open_source(dataset, context);
    if (!source) return source.error();
    auto found = (*source)->columns();
    if (!found) return found.error();
    std::vector<std::string> names;
    for (FoundColumn const& column : *found) names.push_back(column.name);
    check_header(names);
    if (has_errors(errors_)) return std::move(errors_);
    auto table = read_table(**source, names);
    if (!table) return table.error();
    table_ = &*table;
    for (std::size_t row = 0; row < table->rows(); ++row) read_row(row);
    return std::move(errors_);
  }

 private:
  void report(std::size_t row, std::string field, std::string code, std::string message, std::string hint = {}) {
    Diagnostic d;
    d.code = std::move(code);
    d.place.file = file_;
    d.place.row = row;
    d.place.field = std::move(field);
    d.message = std::move(message);
    d.hint = std::move(hint);
    errors_.push_back(std::move(d));
  }

  void check_header(std::vector<std::string> const& names) {
    auto const has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    if (!has("indicator") || !has("period") || (!has("target") && !has("baseline")))
      return report(1, "", "targets-header", "the targets file '" + file_ + "' lacks a column",
                    "its header is indicator,period,<dimensions...>,target,baseline");
    std::vector<std::string> const known = groupings(programme_);
    for (std::string const& name : names) {
      if (name == "indicator" || name == "period" || name == "target" || name == "baseline") continue;
      if (std::find(known.begin(), known.end(), name) == known.end())
        report(1, name, "unknown-dimension", "unknown dimension '" + name + "' in the targets file '" + file_ + "'",
               suggestion(name, known));
    }
  }

  std::optional<std::string> cell(std::string_view column, std::size_t row) const {
    for (std::size_t i = 0; i < table_->names.size(); ++i)
      if (table_->names[i] == column && table_->columns[i].has(row)) return std::string(table_->columns[i].text(row));
    return std::nullopt;
  }

  std::optional<Decimal> number(std::string_view column, std::size_t row, std::size_t line) {
    auto const text = cell(column, row);
    if (!text) return std::nullopt;
    ParsedDecimal const parsed = parse_decimal(*text);
    if (parsed.error == DecimalError::none) return parsed.value;
    report(line, std::string(column), "bad-number", "'" + *text + "' is not a number of at most six decimal places",
           "write 12.5; a percentage is a fraction: 0.85");
    return std::nullopt;
  }

  void read_row(std::size_t row) {
    std::size_t const line = row < table_->row_in_file.size() ? table_->row_in_file[row] : row + 2;
    std::string const id = cell("indicator", row).value_or("");
    auto const indicator = std::find_if(programme_.indicators.begin(), programme_.indicators.end(),
                                        [&](Indicator const& one) { return one.id == id; });
    if (indicator == programme_.indicators.end()) {
      std::vector<std::string> names;
      for (Indicator const& one : programme_.indicators) names.push_back(one.id);
      return report(line, "indicator", "unknown-indicator", "unknown indicator '" + id + "'", suggestion(id, names));
    }
    std::string const written = cell("period", row).value_or("");
    bool const fixed = !written.empty() && (written.starts_with("FY") || (written[0] >= '0' && written[0] <= '9'));
    auto const period = parse_period(written, PeriodContext{programme_.fiscal, {}});
    if (!fixed || !period)
      return report(line, "period", "bad-period", "'" + written + "' is not a fixed period",
                    "write it as 2025, 2025-H1, 2025-Q3, 2025-07, FY2025 or a range a..b");
    Target target;
    target.period = period->label;
    target.place.file = file_;
    target.place.row = line;
    for (std::string const& name : table_->names)
      if (name != "indicator" && name != "period" && name != "target" && name != "baseline")
        if (auto value = cell(name, row)) target.group[name] = std::move(*value);
    target.target = number("target", row, line);
    target.baseline = number("baseline", row, line);
    add(*indicator, std::move(target), line);
  }

  void add(Indicator& indicator, Target target, std::size_t line) {
    for (Target const& known : indicator.targets)
      if (known.period == target.period && known.group == target.group)
        return report(line, "", "duplicate-target",
                      "a second target of '" + indicator.id + "' for " + target.period + " and the same group",
                      "keep one row for each indicator, period and group");
    indicator.targets.push_back(std::move(target));
  }

  Programme& programme_;
  std::string file_;
  Place spec_place_;
  Table const* table_ = nullptr;
  Diagnostics errors_;
};

}  // namespace

Diagnostics read_targets(Programme& programme, SourceContext const& context) {
  std::vector<std::pair<std::string, Place>> files;
  for (Indicator const& indicator : programme.indicators) {
    bool const known =
        std::any_of(files.begin(), files.end(), [&](auto const& f) { return f.first == indicator.targets_file; });
    if (!indicator.targets_file.empty() && !known) files.emplace_back(indicator.targets_file, indicator.place);
  }
  Diagnostics all;
  for (auto const& [file, place] : files) {
    Diagnostics const some = TargetsFile(programme, file, place).read(context);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace yekun
