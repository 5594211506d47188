// Rules that look at all rows: duplicates, outliers, gaps.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/column_text.h"
#include "data-loaders/findings.h"
#include "indicators/quality_rules.h"

namespace yekun {
namespace {

/// The entries as one text; lengths in front keep ("ab", "c") and ("a", "bc") apart.
std::string joined(QualityContext const& context, std::vector<std::size_t> const& columns, std::size_t row) {
  std::string out;
  for (std::size_t const c : columns) {
    std::string const text = entry_text(context.column(c), row);
    out += (context.column(c).has(row) ? std::to_string(text.size()) : "-") + ":" + text;
  }
  return out;
}

std::string names_of(Schema const& schema, std::vector<std::size_t> const& columns) {
  std::string out;
  for (std::size_t const c : columns) out += (out.empty() ? "" : ", ") + schema.columns[c].name;
  return out;
}

class Unique : public QualityRule {
 public:
  Unique(RuleSpec spec, std::vector<std::size_t> columns, bool key)
      : QualityRule(std::move(spec), std::move(columns)), key_(key) {}

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    for (std::size_t row = 0; row < context.rows.rows; ++row) {
      auto const missing =
          std::find_if(columns_.begin(), columns_.end(), [&](std::size_t c) { return !context.column(c).has(row); });
      RowPlace const place = context.place(row);
      if (missing != columns_.end()) {
        if (key_) report_missing(context, place, *missing);
        continue;
      }
      auto const [first, is_new] = first_.try_emplace(joined(context, columns_, row), place);
      if (is_new) continue;
      std::string text;
      for (std::size_t const c : columns_) text += (text.empty() ? "" : ", ") + shown(context, c, row);
      std::string where = "row " + std::to_string(first->second.row);
      if (first->second.file != place.file) where += " of " + context.file_name(first->second.file);
      report(context, place, names_of(context.schema, columns_), std::move(text), "is there already in " + where);
    }
    return {};
  }

 private:
  void report_missing(QualityContext const& context, RowPlace place, std::size_t column) {
    std::string const id = std::exchange(spec_.id, "missing-key");
    report(context, place, context.schema.columns[column].name, "", "a part of the key is missing");
    spec_.id = id;
  }

  bool key_;
  std::unordered_map<std::string, RowPlace> first_;
};

double median_of(std::vector<double>& values) {
  std::size_t const middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
  double const upper = values[middle];
  if (values.size() % 2 == 1) return upper;
  return (upper + *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle))) / 2;
}

class Outlier : public QualityRule {
 public:
  Outlier(RuleSpec spec, std::size_t column, std::vector<std::size_t> by)
      : QualityRule(std::move(spec), with(by, column)), column_(column), by_(std::move(by)) {}

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    Column const& column = context.column(column_);
    for (std::size_t row = 0; row < context.rows.rows; ++row) {
      if (!column.has(row)) continue;
      double value = column.type == Type::number ? column.number[row] : static_cast<double>(column.whole[row]);
      if (column.type == Type::decimal) value /= static_cast<double>(kMicro);
      groups_[joined(context, by_, row)].push_back({value, context.place(row)});
    }
    return {};
  }

  void finish(QualityContext const& context) override {
    SchemaColumn const& column = context.schema.columns[column_];
    for (auto const& [group, entries] : groups_) {
      if (entries.size() < 5) continue;
      std::vector<double> values;
      for (Entry const& e : entries) values.push_back(e.value);
      double const median = median_of(values);
      for (double& v : values) v = std::fabs(v - median);
      double const mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
      double const mad = median_of(values);
      double const unit = mad > 0 ? mad / 0.6745 : mean * 1.2533141373155;
      if (unit == 0) continue;
      for (Entry const& e : entries)
        if (std::fabs(e.value - median) / unit > spec_.threshold)
          report(context, e.place, column.name, shown_text(to_shortest(e.value), column.personal),
                 "is far from the median " + (column.personal ? std::string("of its group") : to_shortest(median)));
    }
  }

 private:
  struct Entry {
    double value = 0;
    RowPlace place{};
  };
  static std::vector<std::size_t> with(std::vector<std::size_t> columns, std::size_t column) {
    columns.push_back(column);
    return columns;
  }
  std::size_t column_;
  std::vector<std::size_t> by_;
  std::map<std::string, std::vector<Entry>> groups_;
};

class DailyGaps : public QualityRule {
 public:
  DailyGaps(RuleSpec spec, std::size_t date, std::vector<std::size_t> by)
      : QualityRule(std::move(spec), with(by, date)), date_(date), by_(std::move(by)) {}

  tl::expected<void, Diagnostics> accept(QualityContext const& context) override {
    Column const& dates = context.column(date_);
    for (std::size_t row = 0; row < context.rows.rows; ++row) {
      if (!dates.has(row)) continue;
      Series& series = series_[joined(context, by_, row)];
      if (series.days.empty())
        for (std::size_t const c : by_) series.name += (series.name.empty() ? "" : ", ") + shown(context, c, row);
      series.days.try_emplace(Date{static_cast<std::int32_t>(dates.whole[row])}, context.place(row));
    }
    return {};
  }

  void finish(QualityContext const& context) override {
    for (auto const& [key, series] : series_) {
      for (auto at = series.days.begin(); std::next(at) != series.days.end(); ++at) {
        auto const& [next, place] = *std::next(at);
        std::int32_t const days = next - at->first - 1;
        if (days == 0) continue;
        std::string const from = to_iso(at->first + 1);
        std::string const when =
            days == 1 ? "on " + from
                      : "from " + from + " to " + to_iso(next - 1) + " (" + std::to_string(days) + " days)";
        report(context, place, context.schema.columns[date_].name, series.name, "no row " + when);
      }
    }
  }

 private:
  struct Series {
    std::string name{};
    std::map<Date, RowPlace> days{};
  };
  static std::vector<std::size_t> with(std::vector<std::size_t> columns, std::size_t column) {
    columns.push_back(column);
    return columns;
  }
  std::size_t date_;
  std::vector<std::size_t> by_;
  std::map<std::string, Series> series_;
};

}  // namespace

std::unique_ptr<QualityRule> make_unique_rule(RuleSpec spec, std::vector<std::size_t> columns, bool key) {
  return std::make_unique<Unique>(std::move(spec), std::move(columns), key);
}

std::unique_ptr<QualityRule> make_outlier(RuleSpec spec, std::size_t column, std::vector<std::size_t> by) {
  return std::make_unique<Outlier>(std::move(spec), column, std::move(by));
}

std::unique_ptr<QualityRule> make_daily_gaps(RuleSpec spec, std::size_t date, std::vector<std::size_t> by) {
  return std::make_unique<DailyGaps>(std::move(spec), date, std::move(by));
}

}  // namespace yekun
