#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "charts/lay_out.h"
#include "core/utf8.h"
#include "output/workbook_sheets.h"

namespace yekun {

namespace {

constexpr std::uint16_t kDataColumn = 10;  // charts stand in A to I, their numbers beside them
constexpr std::uint32_t kChartRows = 19;
constexpr std::uint32_t kMostChartRows = 60;  // of bars across, a row each
constexpr std::uint32_t kMostPointNames = 40;
constexpr std::uint32_t kMostInsideBars = 10;   // upright bars that are wide enough for a number
constexpr std::uint16_t kPrintScale = 72;       // A4 and Letter hold columns A to I, and 68 and 64 rows
constexpr std::size_t kLongestChartText = 250;  // a chart's title and names are texts of at most 255 characters
constexpr std::size_t kLongestAlt = 600;  // characters: libxlsxwriter cuts at 2,079 bytes, in the middle of a letter

/// A text of a chart; the library would take one that begins with "=" for a formula.
std::string chart_text(std::string_view text) {
  std::string const cut(first_code_points(cell_text(text), kLongestChartText));
  return cut.starts_with('=') ? " " + cut : cut;
}

/// Where the numbers of one chart stand.
struct ChartRange {
  std::uint32_t heading = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

class ChartSheet {
 public:
  ChartSheet(WorkbookPage& page, Sheet const& sheet) : page_(page), sheet_(sheet), theme_(page.document.theme) {}

  void head() {
    page_.book.text(sheet_, {0, 0}, page_.text("heading.charts"),
                    {.bold = true, .size = 14, .colour = rgb(theme_.accent)});
    page_.book.text(sheet_, {1, 0}, page_.document.period_text, {.size = 9, .colour = rgb(theme_.muted)});
  }

  void chart(ChartBlock const& block) {
    for (ChartPanel const& panel : block.data.panels) {
      std::string const title = panel.label.empty() ? block.title : block.title + ": " + panel.label;
      bool const empty = is_empty(block.data) || panel.series.empty();
      std::uint32_t const rows = empty ? 2 : rows_of(block, panel);
      if (row_ > 3 && row_ + rows > page_ends_) {  // no chart stands on two pages
        breaks_.push_back(row_ - 1);
        page_ends_ = row_ + (page_.document.paper == "Letter" ? 64 : 68);
      }
      ChartRange const range = numbers(block.data, panel, title);
      if (empty)
        nothing_to_show(title);
      else
        insert(block, panel, title, range);
      row_ = std::max(row_ + rows + 2, range.last + 3);
    }
  }

  void finish() {
    page_.book.column_width(sheet_, 0, 8, 11);
    page_.book.column_width(sheet_, kDataColumn - 1, kDataColumn - 1, 3);
    page_.book.column_width(sheet_, kDataColumn, kDataColumn, std::min(widest_ + 2, 48.0));
    page_.book.column_width(sheet_, kDataColumn + 1, kDataColumn + 8, 16);
    set_up_print(page_, sheet_, {});
    if (sheet_.handle != nullptr && row_ > 0) worksheet_print_area(sheet_.handle, 0, 0, row_, kDataColumn - 2);
    if (sheet_.handle == nullptr) return;
    worksheet_set_print_scale(sheet_.handle,
                              kPrintScale);  // Excel keeps to page breaks only where pages are not fitted
    breaks_.push_back(0);                    // ends the list
    if (breaks_.size() > 1) page_.book.check(worksheet_set_h_pagebreaks(sheet_.handle, breaks_.data()), sheet_.name);
  }

 private:
  ChartRange numbers(ChartData const& data, ChartPanel const& panel, std::string const& title) {
    CellStyle const heading{.bold = true, .wrap = true, .rule_below = true, .size = 9, .colour = rgb(theme_.muted)};
    page_.book.text(sheet_, {row_, kDataColumn}, title, {.bold = true, .colour = rgb(theme_.accent)});
    ChartRange range{row_ + 1, row_ + 2, row_ + 1 + static_cast<std::uint32_t>(data.categories.size())};
    page_.book.text(sheet_, {range.heading, kDataColumn}, data.category_heading, heading);
    for (std::size_t c = 0; c < data.categories.size(); ++c) {
      std::string label = data.time ? data.categories[c].short_label : data.categories[c].label;
      if (panel.series.size() == 1) label += mark_of(panel.series.front(), c);
      page_.book.text(sheet_, {range.first + static_cast<std::uint32_t>(c), kDataColumn}, label, {});
      widest_ = std::max(widest_, text_width(data.categories[c].label));
    }
    std::uint16_t column = kDataColumn + 1;
    for (ChartSeries const& series : panel.series) {
      CellStyle right = heading;
      right.side = Side::right;
      page_.book.text(sheet_, {range.heading, column}, series.label, right);
      for (std::size_t c = 0; c < series.points.size(); ++c)
        point(series, series.points[c].value, series.points[c].lineage,
              {range.first + static_cast<std::uint32_t>(c), column});
      ++column;
    }
    if (has_target(data, panel)) targets(data, panel.series.front(), range, column, heading);
    return range;
  }

  /// In place of a chart without a value: Excel would draw axes with nothing between them, or refuse it.
  void nothing_to_show(std::string const& title) {
    page_.book.text(sheet_, {row_, 0}, title, {.bold = true, .size = 12, .colour = rgb(theme_.text)});
    page_.book.text(sheet_, {row_ + 1, 0}, page_.text("chart.no_data"), {.colour = rgb(theme_.muted)});
  }

  static bool has_target(ChartData const& data, ChartPanel const& panel) {
    return !data.target_label.empty() && !panel.series.empty() &&
           std::any_of(panel.series.front().points.begin(), panel.series.front().points.end(),
                       [](ChartPoint const& p) { return p.target && p.target->is_value(); });
  }

  void targets(ChartData const& data, ChartSeries const& series, ChartRange const& range, std::uint16_t column,
               CellStyle style) {
    style.side = Side::right;
    page_.book.text(sheet_, {range.heading, column}, data.target_label, style);
    std::optional<CellAt> fixed;
    for (std::size_t c = 0; c < series.points.size(); ++c) {
      auto const& [value, lineage] = std::tie(series.points[c].target, series.points[c].target_lineage);
      if (!value) continue;
      CellAt const at{range.first + static_cast<std::uint32_t>(c), column};
      if (fixed && !lineage && value->is_value()) {  // one number for all: changed in one cell, it changes in all
        page_.book.formula(sheet_, at, cell_reference(*fixed), to_double(value->number), figure_style(series));
        continue;
      }
      if (!lineage) fixed = at;
      point(series, *value, lineage, at);
    }
  }

  static NumberShape shape_of(ChartSeries const& series) {
    return {.percent = series.numbers.percent, .places = series.numbers.places};
  }

  static CellStyle figure_style(ChartSeries const& series) {
    return {.side = Side::right, .number_format = number_format(shape_of(series))};
  }

  /// An empty cell breaks a line; a mark in its place would be drawn as zero, so a comment says what it is.
  void point(ChartSeries const& series, Value const& value, LineagePtr const& lineage, CellAt at) {
    if (!value.is_value()) {
      if (value.state != State::missing) page_.book.blank(sheet_, at, figure_style(series));
      if (value.state != State::missing) page_.book.comment(sheet_, at, note_of(value.state));
      return;
    }
    Cell cell;
    cell.value = value;
    cell.lineage = lineage;
    cell.shape = shape_of(series);
    write_cell(page_, sheet_, at, cell, {});
  }

  std::string note_of(State state) const {
    bool const withheld = state == State::suppressed;
    return page_.text(withheld ? "note.suppressed" : "note.not_applicable",
                      {{"mark", page_.text(withheld ? "mark.suppressed" : "mark.not_applicable")}});
  }

  /// " ×" behind the name of a category whose only figure is none.
  std::string mark_of(ChartSeries const& series, std::size_t category) const {
    if (category >= series.points.size() || series.points[category].value.is_value()) return {};
    State const state = series.points[category].value.state;
    return " " + page_.text(state == State::missing          ? "mark.missing"
                            : state == State::not_applicable ? "mark.not_applicable"
                                                             : "mark.suppressed");
  }

  static std::uint8_t kind(ChartBlock const& block, ChartPanel const& panel) {
    bool const stacked = block.spec.stack == BarStack::stacked;
    bool const percent = block.spec.stack == BarStack::percent;
    switch (block.data.type) {
      case ChartType::line:
      case ChartType::sparkline:
      case ChartType::slope:
        return LXW_CHART_LINE;
      case ChartType::area:
        return panel.series.size() > 1 ? LXW_CHART_AREA_STACKED : LXW_CHART_AREA;
      case ChartType::donut:
        return LXW_CHART_DOUGHNUT;
      case ChartType::scatter:
        return LXW_CHART_SCATTER;
      case ChartType::pyramid:
      case ChartType::funnel:
      case ChartType::bullet:
      case ChartType::tile_map:
      case ChartType::choropleth:
      case ChartType::dot_range:
        return LXW_CHART_BAR;
      default:
        break;
    }
    // A line over bars needs upright ones: Excel has no line that runs down the page.
    bool const across = !has_target(block.data, panel) &&
                        block.spec.horizontal.value_or(!block.data.time && block.data.categories.size() > 7);
    if (across) return percent ? LXW_CHART_BAR_STACKED_PERCENT : stacked ? LXW_CHART_BAR_STACKED : LXW_CHART_BAR;
    return percent ? LXW_CHART_COLUMN_STACKED_PERCENT : stacked ? LXW_CHART_COLUMN_STACKED : LXW_CHART_COLUMN;
  }

  static std::uint32_t rows_of(ChartBlock const& block, ChartPanel const& panel) {
    std::uint8_t const type = kind(block, panel);
    if (type != LXW_CHART_BAR && type != LXW_CHART_BAR_STACKED && type != LXW_CHART_BAR_STACKED_PERCENT)
      return kChartRows;
    return std::clamp(6 + static_cast<std::uint32_t>(block.data.categories.size()), kChartRows, kMostChartRows);
  }

  void insert(ChartBlock const& block, ChartPanel const& panel, std::string const& title, ChartRange const& range) {
    std::uint8_t const type = kind(block, panel);
    lxw_chart* const chart = workbook_add_chart(page_.book.handle(), type);
    if (chart == nullptr) return page_.book.check(LXW_ERROR_PARAMETER_VALIDATION, title);
    if (type == LXW_CHART_SCATTER && panel.series.size() > 1) {
      scatter(chart, block.data, panel, title, range);
    } else {
      crossed_ = has_target(block.data, panel);
      for (std::size_t s = 0; s < panel.series.size(); ++s) series(chart, type, s, range, panel.series.size());
      bool const target = type != LXW_CHART_DOUGHNUT && has_target(block.data, panel);
      if (target) target_line(chart, type, range, panel.series.size());
      style(chart, type, block, title, panel.series.size() + (target ? 1 : 0));
    }
    std::string alt(first_code_points(cell_text(block.alt_text.empty() ? title : block.alt_text), kLongestAlt));
    lxw_chart_options options{};
    double const points_high = 15.0 * rows_of(block, panel);
    options.x_scale = 9 * 82.0 / 480;
    options.y_scale = points_high / 0.75 / 288;
    options.description = alt.data();
    options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
    page_.book.check(worksheet_insert_chart_opt(sheet_.handle, row_, 0, chart, &options), title);
  }

  void series(lxw_chart* chart, std::uint8_t type, std::size_t index, ChartRange const& range, std::size_t count) {
    add_series(chart, range, index);
    lxw_chart_series* const one = last_series_;
    Colour const colour = theme_.series[index % theme_.series.size()];
    lxw_chart_line line{};
    line.color = rgb(colour);
    line.width = 2.25F;
    lxw_chart_fill fill{};
    fill.color = rgb(colour);
    bool const lines = type == LXW_CHART_LINE;
    if (lines) chart_series_set_line(one, &line);
    if (!lines && type != LXW_CHART_DOUGHNUT) chart_series_set_fill(one, &fill);
    std::uint32_t const bars = range.last - range.first + 1;
    if (lines || count > 1 || bars > (crossed_ ? kMostInsideBars : 25)) return;
    chart_series_set_labels(one);
    lxw_chart_font font{};
    font.size = 9;
    font.color = crossed_ ? 0xFFFFFF : rgb(theme_.text);
    chart_series_set_labels_font(one, &font);
    // Above the bars the target's line would run through them.
    if (crossed_) chart_series_set_labels_position(one, LXW_CHART_LABEL_POSITION_INSIDE_BASE);
    chart_set_series_gap(chart, 45);
  }

  /// The first series across, the second up; each point bears its name.
  void scatter(lxw_chart* chart, ChartData const& data, ChartPanel const& panel, std::string const& title,
               ChartRange const& range) {
    auto const column = [&](std::uint16_t c) {
      return "=" + range_reference(sheet_.name, {range.first, c}, {range.last, c});
    };
    lxw_chart_series* const points =
        chart_add_series(chart, column(kDataColumn + 1).c_str(), column(kDataColumn + 2).c_str());
    lxw_chart_fill fill{};
    fill.color = rgb(theme_.series.front());
    chart_series_set_marker_type(points, LXW_CHART_MARKER_CIRCLE);
    chart_series_set_marker_size(points, 7);
    chart_series_set_marker_fill(points, &fill);
    if (range.last - range.first < kMostPointNames) point_names(points, data, range);
    head_of(chart, title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    for (auto* const axis : {chart->x_axis, chart->y_axis}) {
      ChartSeries const& shown = panel.series[axis == chart->x_axis ? 0 : 1];
      chart_axis_set_name(axis, chart_text(shown.label).c_str());
      chart_axis_set_num_format(axis, number_format({.percent = shown.numbers.percent, .places = 0}).c_str());
      lxw_chart_font small{};
      small.size = 9;
      chart_axis_set_num_font(axis, &small);
      chart_axis_set_name_font(axis, &small);
      lxw_chart_line faint{};
      faint.color = rgb(theme_.faint);
      faint.width = 0.75F;
      chart_axis_major_gridlines_set_visible(axis, LXW_TRUE);
      chart_axis_major_gridlines_set_line(axis, &faint);
    }
  }

  /// As texts of the chart: names taken from cells are not shown by LibreOffice.
  void point_names(lxw_chart_series* points, ChartData const& data, ChartRange const& range) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < data.categories.size(); ++i) {
      auto const row = range.first + static_cast<std::uint32_t>(i);
      names.push_back(chart_text(data.categories[i].label));
      if (names.back().empty()) names.back() = "=" + cell_reference(sheet_.name, {row, kDataColumn});
    }
    std::vector<lxw_chart_data_label> labels(names.size());
    std::vector<lxw_chart_data_label*> all;
    for (std::size_t i = 0; i < names.size(); ++i) {
      labels[i].value = names[i].data();
      all.push_back(&labels[i]);
    }
    all.push_back(nullptr);
    chart_series_set_labels(points);
    page_.book.check(chart_series_set_labels_custom(points, all.data()), sheet_.name);
    chart_series_set_labels_position(points, LXW_CHART_LABEL_POSITION_RIGHT);
  }

  void head_of(lxw_chart* chart, std::string const& title) {
    lxw_chart_font font{};
    font.size = 12;
    font.bold = LXW_TRUE;
    font.color = rgb(theme_.text);
    chart_title_set_name(chart, chart_text(title).c_str());
    chart_title_set_name_font(chart, &font);
  }

  /// A dashed line; the bars' library knows no such series, the package's last pass makes it one.
  void target_line(lxw_chart* chart, std::uint8_t type, ChartRange const& range, std::size_t index) {
    std::string const values = add_series(chart, range, index);
    lxw_chart_line line{};
    line.color = rgb(theme_.text);
    line.width = 1.5F;
    line.dash_type = LXW_CHART_LINE_DASH_DASH;
    chart_series_set_line(last_series_, &line);
    if (type != LXW_CHART_LINE && type != LXW_CHART_AREA && type != LXW_CHART_AREA_STACKED)
      page_.book.draw_as_line(values);
  }

  /// The range of its values.
  std::string add_series(lxw_chart* chart, ChartRange const& range, std::size_t index) {
    auto const column = static_cast<std::uint16_t>(kDataColumn + 1 + index);
    std::string const categories =
        "=" + range_reference(sheet_.name, {range.first, kDataColumn}, {range.last, kDataColumn});
    std::string values = range_reference(sheet_.name, {range.first, column}, {range.last, column});
    last_series_ = chart_add_series(chart, categories.c_str(), ("=" + values).c_str());
    chart_series_set_name(last_series_, ("=" + cell_reference(sheet_.name, {range.heading, column})).c_str());
    return values;
  }

  void style(lxw_chart* chart, std::uint8_t type, ChartBlock const& block, std::string const& title,
             std::size_t count) {
    head_of(chart, title);
    if (count < 2 && type != LXW_CHART_DOUGHNUT)
      chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    else
      chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    if (type == LXW_CHART_DOUGHNUT) return;
    bool const across = type == LXW_CHART_BAR || type == LXW_CHART_BAR_STACKED || type == LXW_CHART_BAR_STACKED_PERCENT;
    lxw_chart_axis* const values = across ? chart->x_axis : chart->y_axis;
    lxw_chart_axis* const categories = across ? chart->y_axis : chart->x_axis;
    lxw_chart_line faint{};
    faint.color = rgb(theme_.faint);
    faint.width = 0.75F;
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_line(values, &faint);
    lxw_chart_line none{};
    none.none = LXW_TRUE;
    chart_axis_set_line(values, &none);
    chart_axis_set_num_format(values, number_format({.percent = block.data.numbers.percent, .places = 0}).c_str());
    // Areas begin at zero by themselves, and the library complains of it to the terminal.
    bool const area = type == LXW_CHART_AREA || type == LXW_CHART_AREA_STACKED;
    if (type != LXW_CHART_LINE && !area) chart_axis_set_min(values, 0);
    lxw_chart_font small{};
    small.size = 9;
    chart_axis_set_num_font(categories, &small);
    chart_axis_set_num_font(values, &small);
    if (across) chart_axis_set_interval_unit(categories, 1);  // every category has its label
    if (across) chart_axis_set_reverse(categories);           // the first category on top, as in the table
    if (across) chart_axis_set_crossing_max(categories);
  }

  WorkbookPage& page_;
  Sheet const& sheet_;
  Theme const& theme_;
  lxw_chart_series* last_series_ = nullptr;
  bool crossed_ = false;  // a target's line crosses the bars
  std::uint32_t row_ = 3;
  std::uint32_t page_ends_ = 64;
  std::vector<lxw_row_t> breaks_{};
  double widest_ = 12;
};

}  // namespace

void write_charts(WorkbookPage& page, Sheet const& sheet, std::vector<ChartBlock const*> const& charts) {
  ChartSheet writer(page, sheet);
  writer.head();
  for (ChartBlock const* chart : charts) writer.chart(*chart);
  writer.finish();
}

}  // namespace yekun
