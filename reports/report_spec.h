// What a report.json says. Structs only; report_parser.h reads them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "charts/chart_spec.h"
#include "core/locale.h"
#include "core/theme.h"
#include "indicators/definitions.h"
#include "reports/deliver_spec.h"

namespace yekun {

struct KpiSection {
  std::vector<std::string> indicators{};
  bool sparklines = true;
};

struct TextSection {
  LocalText text{};                       // markdown with ICU messages over indicators
  std::map<std::string, Place> places{};  // by language
};

enum class TotalsWanted { none, rows, columns, both };

struct TableSection {
  std::vector<std::string> indicators{};
  std::vector<std::string> rows{};     // dimensions; outer first
  std::vector<std::string> columns{};  // dimensions or a period kind ("month")
  bool totals = false;
  bool total_column = true;  // with totals and columns, a column of them too
  bool comparisons = false;  // target, previous, change, achievement beside the value
  std::string sort{};
  bool descending = false;
  std::optional<std::size_t> top{};
  std::string where{};
};

struct ChartSection {
  ChartSpec chart{};
  double share = 1.0;                    // of the text width
  std::string period{};                  // as written, fixed or relative; empty: the report's
  std::optional<std::size_t> periods{};  // so many steps of chart.per, the last one within the report's period
  Place period_place{};
  Place geojson_place{};
  Place layout_place{};
  std::optional<Period> own_period{};  // what both come to: resolve_chart_periods (chart_periods.h); else the report's
};

struct LogframeSection {
  std::vector<std::string> indicators{};  // empty: those of the programme's results framework
};

struct DataQualitySection {
  std::vector<std::string> datasets{};  // empty: all that the report reads
};
struct DefinitionsSection {
  std::vector<std::string> indicators{};  // empty: all that the report shows
};
struct ProvenanceSection {};
/// Figures by place and period to choose from; only dashboards show them.
struct ExploreSection {
  std::vector<std::string> indicators{};
  std::string by{};                 // a dimension: the places
  std::optional<PeriodKind> per{};  // default: the report's
  std::size_t periods = 6;          // the last ones
};
struct BreakSection {
  bool landscape = false;
};

struct Section {
  std::string id{};  // what references and templates call it; empty: none
  LocalText heading{};
  int level = 1;
  std::variant<std::monostate, KpiSection, TextSection, TableSection, ChartSection, LogframeSection, DataQualitySection,
               DefinitionsSection, ProvenanceSection, ExploreSection, BreakSection>
      content{};
  LocalText title{};  // of the table or chart
  LocalText note{};
  Place place{};
};

enum class OutputKind { xlsx, pdf, png, svg, html, eml };
std::string_view to_text(OutputKind kind);
std::optional<OutputKind> parse_output_kind(std::string_view text);

struct ReportSpec {
  std::string id;              // the file's name without ending
  std::string programme_file;  // as written
  std::string template_name{};
  LocalText title{};
  LocalText subtitle{};
  std::string period_kind{};  // "quarter": what `build` without --period takes the last complete one of
  std::string for_each{};
  std::vector<std::string> languages{};  // empty: the programme's
  std::string status{};                  // "draft" or empty
  std::string theme{};                   // name of a carried theme or path of a theme file
  Place theme_place{};
  Theme look{};  // what `theme` comes to: load_theme (theme_parser.h)
  std::string paper = "A4";
  bool contents = false;
  std::vector<Section> sections{};
  std::vector<OutputKind> outputs{};
  std::string workbook_level = "cells";  // or "rows"
  bool bilingual = false;                // one workbook with the first two languages side by side
  Place workbook_place{};                // where it says so
  DeliverSpec deliver{};
  std::string file{};  // its path as given
  std::string folder{};
  Place place{};
};

}  // namespace yekun
