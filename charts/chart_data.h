// A chart's numbers, joined from its spec and the answer to its question, with all words in the reader's language.
// Layouts draw it and workbooks write native charts from it; neither computes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "charts/chart_spec.h"
#include "core/catalogue.h"
#include "core/diagnostic.h"
#include "indicators/definitions.h"
#include "indicators/figure.h"
#include "indicators/question.h"

namespace yekun {

/// How the numbers of one series are written. `percent`: values are fractions.
struct ChartNumbers {
  bool percent = false;
  bool counts = false;  // whole numbers only: integer ticks
  int places = 0;
  std::string unit{};       // id: people, days, AZN
  std::string unit_text{};  // in the reader's language: "people", "%"; may be empty
  friend bool operator==(ChartNumbers const&, ChartNumbers const&) = default;
};

struct ChartPoint {
  Value value{};
  std::optional<Value> target{};
  std::optional<Value> baseline{};
  std::string figure{};  // figure id
  LineagePtr lineage{};
  LineagePtr target_lineage{};  // null for a fixed number
};

struct ChartSeries {
  std::string id{};  // a dimension's value or an indicator's id
  std::string label{};
  std::vector<ChartPoint> points{};  // one a category
  ChartNumbers numbers{};
  bool muted = false;  // highlighting is asked for and this one is not
};

struct ChartCategory {
  std::string id{};  // a dimension's value, a period's label or an indicator's id; "(unknown)"
  std::string label{};
  std::string short_label{};  // periods: for axes; else the label
  std::optional<Period> period{};
  bool partial = false;  // a period clipped or still running
  bool muted = false;
  std::optional<ChartNumbers> numbers{};  // where the categories are indicators: each has its own unit
  std::vector<std::size_t> members{};     // upset: the sets combined, places in ChartData::sets
};

/// One of the small charts of a facet; a chart without facet has one panel without label.
struct ChartPanel {
  std::string id{};
  std::string label{};
  std::vector<ChartSeries> series{};  // the same ids in the same order in every panel
};

/// Scatter: categories are the members, and each panel has two series, what is measured across (spec.x) and then up
/// (spec.y), each with its own numbers.
struct ChartData {
  ChartType type = ChartType::bar;          // never automatic
  std::vector<ChartCategory> categories{};  // in the order shown
  std::vector<ChartPanel> panels{};
  ChartNumbers numbers{};           // of the value axis
  std::vector<std::string> sets{};  // upset: labels of what the categories combine
  bool time = false;                // categories are periods
  bool ordinal = false;             // never sorted by value
  std::string category_heading{};   // of the table twin: "Region"
  std::string title{};
  std::string subtitle{};  // unit and period; empty: none
  std::string source{};
  std::string target_label{};  // "Target"; empty: no target is shown
  std::string subject{};       // the indicators, for alt text: "Occupancy rate"
  std::string period_text{};   // "3rd quarter of 2025"
  Direction direction = Direction::increase;
  std::optional<Value> total{};  // of all categories, where the type shows it: donut, waterfall
  std::vector<ChartAnnotation> annotations{};
  Diagnostics warnings{};  // a colour too faint, a label that could not be placed: never errors
};

/// What to ask so that the chart can be drawn: its dimensions, its step in time, targets where it shows them.
/// `period`: what the chart covers, already resolved. Errors: those of check_chart.
Result<Question> chart_question(ChartSpec const& spec, Programme const& programme, Period const& period);

/// The type to draw where the spec leaves it open: by intent, then a line over more than six periods, else bars.
ChartType suggest_type(ChartSpec const& spec, std::size_t periods);

/// Mistakes that need no data: a type without what it needs (a pyramid without color), people stacked over groups that
/// overlap, more than one of y with color. Empty if the chart can be drawn.
Diagnostics check_chart(ChartSpec const& spec, Programme const& programme);

/// `answer` is that of chart_question(spec). Never fails for absent rows: they are missing points.
ChartData chart_data(ChartSpec const& spec, Answer const& answer, Programme const& programme,
                     Catalogue const& catalogue);

/// The number as the chart prints it, with percent sign but without unit; states as the catalogue's short marks.
std::string number_text(Value const& value, ChartNumbers const& numbers, Catalogue const& catalogue);

}  // namespace yekun
