// Rules that look at one row at a time.
#include <cmath>

#include "core/column_text.h"
#include "core/utf8.h"
#include "data-loaders/findings.h"
#include "indicators/quality_rules.h"

namespace yekun {

RowPlace QualityContext::place(std::size_t row) const {
  RowPlace out;
  out.order = first_order + row;
  if (row < rows.row_in_file.size()) out.row = rows.row_in_file[row];
  if (row < rows.file_of_row.size()) out.file = rows.file_of_row[row];
  return out;
}

std::string QualityContext::file_name(std::uint32_t file) const {
  return file < rows.files.size() ? rows.files[file].name : std::string();
}

std::string QualityRule::shown(QualityContext const& context, std::size_t column, std::size_t row) const {
  return shown_text(entry_text(context.column(column), row), context.schema.columns[column].personal);
}

void QualityRule::report(QualityContext const& context, RowPlace place, std::string column, std::string text,
                         std::string reason) const {
  Finding finding;
  finding.dataset = context.dataset.id;
  finding.file = context.file_name(place.file);
  finding.row = place.row;
  finding.column = std::move(column);
  finding.rule = spec_.id;
  finding.severity = spec_.severity;
  finding.text = std::move(text);
  std::string_view const own = text_in(spec_.message, "en");
  finding.reason = own.empty() ? std::move(reason) : std::string(own);
  context.findings.add(place.order, std::move(finding));
}

namespace {

class Expectation : public QualityRule {
 public:
  Expectation(RuleSpec spec, BoundExpression bound)
      : QualityRule(std::move(spec), bound.columns), bound_(std::move(bound)), evaluator_(bound_) {}

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    std::vector<Column const*> columns;
    for (std::size_t const c : columns_) columns.push_back(&context.column(c));
    auto const truth = evaluator_.evaluate(columns, context.rows.rows);
    if (!truth) return tl::unexpected(truth.error());
    for (std::size_t row = 0; row < context.rows.rows; ++row) {
      if (!truth->has(row) || truth->whole[row] != 0) continue;
      std::string names;
      std::string values;
      for (std::size_t const c : columns_) {
        std::string const& name = context.schema.columns[c].name;
        names += (names.empty() ? "" : ", ") + name;
        std::string const value = shown(context, c, row);
        values += (values.empty() ? "" : ", ") + name + " = " + (value.empty() ? "…" : value);  // the mark of no data
      }
      report(context, context.place(row), std::move(names), std::move(values), "expected " + spec_.expression);
    }
    return {};
  }

 private:
  BoundExpression bound_;
  Evaluator evaluator_;
};

class Allowed : public QualityRule {
 public:
  Allowed(RuleSpec spec, std::vector<std::size_t> columns, std::set<std::string> allowed)
      : QualityRule(std::move(spec), std::move(columns)), allowed_(std::move(allowed)) {}

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    for (std::size_t const c : columns_) {
      Column const& column = context.column(c);
      for (std::size_t row = 0; row < context.rows.rows; ++row)
        if (column.has(row) && allowed_.count(entry_text(column, row)) == 0)
          report(
              context, context.place(row), context.schema.columns[c].name, shown(context, c, row),
              spec_.kind == RuleKind::reference ? "is not in " + spec_.reference : "is not one of the allowed values");
    }
    return {};
  }

 private:
  std::set<std::string> allowed_;
};

class Range : public QualityRule {
 public:
  using QualityRule::QualityRule;

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    for (std::size_t const c : columns_) {
      Column const& column = context.column(c);
      for (std::size_t row = 0; row < context.rows.rows; ++row) {
        if (!column.has(row)) continue;
        double value = column.type == Type::number ? column.number[row] : static_cast<double>(column.whole[row]);
        if (column.type == Type::decimal) value /= static_cast<double>(kMicro);
        if ((!spec_.least || value >= *spec_.least) && (!spec_.most || value <= *spec_.most)) continue;
        report(context, context.place(row), context.schema.columns[c].name, shown(context, c, row), reason());
      }
    }
    return {};
  }

 private:
  std::string reason() const {
    if (!spec_.most) return "is below " + to_shortest(*spec_.least);
    if (!spec_.least) return "is above " + to_shortest(*spec_.most);
    return "is not between " + to_shortest(*spec_.least) + " and " + to_shortest(*spec_.most);
  }
};

}  // namespace

std::unique_ptr<QualityRule> make_expectation(RuleSpec spec, BoundExpression bound) {
  return std::make_unique<Expectation>(std::move(spec), std::move(bound));
}

std::unique_ptr<QualityRule> make_allowed(RuleSpec spec, std::vector<std::size_t> columns,
                                          std::set<std::string> allowed) {
  return std::make_unique<Allowed>(std::move(spec), std::move(columns), std::move(allowed));
}

std::unique_ptr<QualityRule> make_range(RuleSpec spec, std::vector<std::size_t> columns) {
  return std::make_unique<Range>(std::move(spec), std::move(columns));
}

}  // namespace yekun
