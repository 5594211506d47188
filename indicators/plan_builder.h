// Builds the plans of datasets: decides for every measure of every question in which grouping it is gathered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/planner.h"

namespace yekun {

/// "last" and "first" of intervals: the condition of those present at the census of the window's last or first day.
std::string census_condition(Dataset const& dataset, OverTime over_time);
/// Average, least and most of intervals: the first day of a row in the window, and the day after its last. The day of
/// leaving does not count; who came and left on one day was there that day.
std::pair<std::string, std::string> span_expressions(Dataset const& dataset);

class PlanBuilder {
 public:
  PlanBuilder(Planned& planned, SourceCache& sources, ScanOptions const& options)
      : planned_(planned), sources_(sources), options_(options) {}
  /// Fills windows (where they do not wait for the scan), measures and plans.
  Result<void> build();

 private:
  /// A measure's part that needs a grouping.
  struct Want {
    std::size_t question = 0;
    std::size_t measure = 0;
    std::string dataset;
    TimeMode mode = TimeMode::stretches;
    std::vector<std::string> reporters{};
    std::vector<PlanDimension> by{};
    std::vector<std::optional<std::size_t>> dimensions{};  // of the question -> of `by`
    std::vector<std::uint32_t> sets{};
    std::vector<PlanAggregate> aggregates{};
    std::vector<std::string> question_where{};
    std::optional<PlanFirstContact> contact{};
    std::optional<PlanAggregate> units{};
    ReportPick pick = ReportPick::none;
    std::int32_t before = 0;
    bool spans = false;  // levels of an interval dataset: by the days there
  };

  void join_domains();
  std::string domain_root(std::string name) const;
  std::vector<std::string> datasets_of(PlannedQuestion const& question) const;
  void check_dataset(std::size_t question, std::string const& dataset);
  void refuse_personal(std::string const& name, DimensionRule const& rule, Schema const& schema,
                       std::string const& dataset, Place const& place);
  Result<void> find_windows(std::size_t question);
  bool needs_dates(std::size_t question);
  bool is_windowed(std::size_t question, MeasureSource const& source);
  bool windowed(std::string const& dataset, std::string const& expression);
  void add_measures(std::size_t question);
  void want_measure(std::size_t question, Need const& need);
  void want_units(Want& want, Dataset const& dataset);
  std::uint32_t dimensions_of_units(Want const& want);
  void want_source(std::size_t question, std::size_t measure, MeasureSource const& source, bool mixed_types);
  void add_wants(Want const& want, std::vector<DimensionRule> const& rules, std::vector<std::uint32_t> const& sets);
  void place(Want const& want);
  static std::size_t grouping_for(AggregationPlan& plan, Want const& want);
  AggregationPlan& plan_of(std::string const& dataset);
  void set_boundaries(AggregationPlan& plan);
  void mark_numbers();
  void mark_asked();
  bool is_count_of_ids(PlannedMeasure const& measure, PlannedFeed const& feed) const;
  bool is_number_only(PlannedQuestion const& question, PlannedMeasure const& measure, PlannedFeed const& feed) const;

  Planned& planned_;
  SourceCache& sources_;
  ScanOptions const& options_;
  Diagnostics errors_{};
  std::vector<Want> wants_{};
  std::map<std::string, std::string> joined_{};  // domains of ids that are the same people
  std::map<std::pair<std::size_t, std::string>, std::vector<DimensionRule>> rules_{};
  std::map<std::pair<std::string, std::size_t>, bool> all_reports_{};  // groupings that keep every report
};

}  // namespace yekun
