// One class a rule; the inside of QualityChecker.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "indicators/evaluate.h"
#include "indicators/quality.h"

namespace yekun {

/// A finding with its place in input order.
struct RuleFinding {
  std::uint64_t order = 0;
  Finding finding{};
};

/// What all rules of a dataset share: the findings so far, capped in what is listed.
class FindingList {
 public:
  void add(std::uint64_t order, Finding finding);
  Findings take();

 private:
  std::vector<RuleFinding> listed_;
  Findings counted_;
};

/// Where a row stands, kept for findings that are made later.
struct RowPlace {
  std::uint64_t order = 0;
  std::uint64_t row = 0;
  std::uint32_t file = 0;
};

struct QualityContext {
  Dataset const& dataset;
  Schema const& schema;
  QualityRows const& rows;
  std::uint64_t first_order = 0;  // of rows.rows[0]
  FindingList& findings;

  RowPlace place(std::size_t row) const;
  std::string file_name(std::uint32_t file) const;
  Column const& column(std::size_t schema_column) const { return *rows.columns[schema_column]; }
};

class QualityRule {
 public:
  QualityRule(RuleSpec spec, std::vector<std::size_t> columns) : spec_(std::move(spec)), columns_(std::move(columns)) {}
  QualityRule(QualityRule const&) = delete;
  QualityRule& operator=(QualityRule const&) = delete;
  virtual ~QualityRule() = default;
  virtual tl::expected<void, Diagnostics> accept(QualityContext const& context) = 0;
  /// After the last rows; `context.rows` holds none, files are those of the last rows.
  virtual void finish(QualityContext const&) {}
  std::vector<std::size_t> const& columns() const { return columns_; }

 protected:
  void report(QualityContext const& context, RowPlace place, std::string column, std::string text,
              std::string reason) const;
  /// The cell's text as findings may show it.
  std::string shown(QualityContext const& context, std::size_t column, std::size_t row) const;
  RuleSpec spec_;
  std::vector<std::size_t> columns_;  // indexes into the schema
};

/// Rules that look at one row: expect, allowed, range, reference.
std::unique_ptr<QualityRule> make_expectation(RuleSpec spec, BoundExpression bound);
std::unique_ptr<QualityRule> make_allowed(RuleSpec spec, std::vector<std::size_t> columns,
                                          std::set<std::string> allowed);
std::unique_ptr<QualityRule> make_range(RuleSpec spec, std::vector<std::size_t> columns);
/// Rules that look at all rows.
std::unique_ptr<QualityRule> make_unique_rule(RuleSpec spec, std::vector<std::size_t> columns, bool key);
std::unique_ptr<QualityRule> make_outlier(RuleSpec spec, std::size_t column, std::vector<std::size_t> by);
std::unique_ptr<QualityRule> make_daily_gaps(RuleSpec spec, std::size_t date, std::vector<std::size_t> by);

}  // namespace yekun
