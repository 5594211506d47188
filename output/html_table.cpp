// Tables with scopes for screen readers, values for sorting, members and periods for filtering.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "output/html_blocks.h"
#include "output/markup.h"
#include "reports/format.h"

namespace yekun::html {

namespace {

/// The first cell of the cube under a figure: its period and place are those of the shown cell.
Lineage const* leaf_of(LineagePtr const& lineage) {
  Lineage const* at = lineage.get();
  while (at != nullptr && at->kind != Lineage::Kind::cell) at = at->parts.empty() ? nullptr : at->parts.front().get();
  return at;
}

std::string role_class(ColumnRole role) {
  switch (role) {
    case ColumnRole::number:
      return "number";
    case ColumnRole::status:
      return "verdict";
    case ColumnRole::date:
      return "date";
    case ColumnRole::label:
    case ColumnRole::text:
      break;
  }
  return "words";
}

class TableWriter {
 public:
  TableWriter(Page const& page, TableBlock const& block) : page_(page), block_(block), periods_(periods_of_columns()) {}

  std::string write() {
    out_ = fmt::format("<div class=\"table {}\" id=\"table-{}\">\n", kind_class(), escape_markup(block_.id));
    out_ += fmt::format(
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"caption-{0}\">\n"
        "<table><caption id=\"caption-{0}\">{1}{2}</caption>\n",
        escape_markup(block_.id), caption(page_, "heading.table_n", block_.number, block_.title),
        block_.subtitle.empty() ? "" : " <span>" + escape_markup(block_.subtitle) + "</span>");
    head();
    body();
    out_ += "</table></div>\n";
    notes();
    return out_ + "</div>\n";
  }

 private:
  char const* kind_class() const {
    switch (block_.kind) {
      case TableKind::logframe:
        return "logframe";
      case TableKind::definitions:
        return "definitions";
      case TableKind::data_quality:
      case TableKind::provenance:
      case TableKind::completeness:
        return "appendix";
      case TableKind::plain:
      case TableKind::indicators:
      case TableKind::restatements:
        break;
    }
    return "figures";
  }

  /// For each column its one period, where columns differ in their periods; else empty.
  std::vector<std::string> periods_of_columns() const {
    std::vector<std::string> out(block_.columns.size());
    std::optional<std::string> first;
    bool differ = false;
    for (std::size_t c = 0; c < out.size(); ++c) {
      for (auto const& row : block_.rows) {
        Lineage const* const leaf = c < row.cells.size() ? leaf_of(row.cells[c].lineage) : nullptr;
        if (leaf == nullptr) continue;
        std::string const label = page_.catalogue.locale().period_short(leaf->period);
        if (!out[c].empty() && out[c] != label) return std::vector<std::string>(block_.columns.size());
        out[c] = label;
      }
      if (out[c].empty() || block_.columns[c].key == "previous" || block_.columns[c].key == "change") continue;
      differ = differ || (first && *first != out[c]);
      if (!first) first = out[c];
    }
    if (!differ || block_.kind != TableKind::plain) out.assign(out.size(), "");
    return out;
  }

  std::string period_attribute(std::size_t column) const {
    return periods_[column].empty() ? "" : fmt::format(" data-period=\"{}\"", escape_markup(periods_[column]));
  }

  void head() {
    bool const grouped = std::any_of(block_.columns.begin(), block_.columns.end(),
                                     [](TableColumn const& one) { return !one.group.empty(); });
    out_ += "<thead>\n";
    if (grouped) group_row();
    out_ += "<tr>";
    for (std::size_t c = 0; c < block_.columns.size(); ++c) {
      auto const& column = block_.columns[c];
      if (grouped && column.group.empty()) continue;
      heading(c, column, 1);
    }
    out_ += "</tr>\n</thead>\n";
  }

  void heading(std::size_t c, TableColumn const& column, int rows) {
    out_ += fmt::format("<th scope=\"col\" class=\"{}\"{}{} data-column=\"{}\">{}</th>", role_class(column.role),
                        rows > 1 ? " rowspan=\"2\"" : "", period_attribute(c), c, escape_markup(column.heading));
  }

  void group_row() {
    out_ += "<tr>";
    for (std::size_t c = 0; c < block_.columns.size();) {
      auto const& group = block_.columns[c].group;
      if (group.empty()) {
        heading(c, block_.columns[c], 2);
        ++c;
        continue;
      }
      std::size_t end = c;
      while (end < block_.columns.size() && block_.columns[end].group == group) ++end;
      out_ += fmt::format("<th scope=\"colgroup\" class=\"group\" colspan=\"{}\"{}>{}</th>", end - c,
                          period_attribute(c), escape_markup(group));
      c = end;
    }
    out_ += "</tr>\n";
  }

  void body() {
    out_ += "<tbody>\n";
    for (auto const& row : block_.rows) {
      std::string const kind = row.kind == RowKind::total ? "total" : row.kind == RowKind::group ? "group" : "";
      out_ += "<tr";
      if (!kind.empty()) out_ += fmt::format(" class=\"{}\"", kind);
      if (row.kind == RowKind::data) out_ += member_attributes(row);
      out_ += ">";
      if (row.kind == RowKind::group && has_name_only(row))
        out_ += fmt::format("<th scope=\"row\" colspan=\"{}\"{}>{}</th>", block_.columns.size(), indent(row),
                            cell_text(page_, row.cells.front()));
      else
        for (std::size_t c = 0; c < block_.columns.size(); ++c) cell(row, c);
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n";
  }

  /// Which member of which dimension a row is about, for the filters.
  std::string member_attributes(TableRow const& row) const {
    std::string const& dimension = block_.columns.front().key;
    if (block_.kind != TableKind::plain || dimension.empty() || dimension == "indicator" || dimension == "period")
      return {};
    return fmt::format(" data-dimension=\"{}\" data-member=\"{}\"", escape_markup(dimension),
                       escape_markup(row.cells.front().text));
  }

  static bool has_name_only(TableRow const& row) {
    return !row.cells.empty() &&
           std::all_of(row.cells.begin() + 1, row.cells.end(), [](Cell const& one) { return one.text.empty(); });
  }

  static std::string_view indent(TableRow const& row) { return row.level > 0 ? " class=\"indent\"" : ""; }

  void cell(TableRow const& row, std::size_t c) {
    static Cell const kEmpty{};
    Cell const& one = c < row.cells.size() ? row.cells[c] : kEmpty;
    std::string text = cell_text(page_, one);
    ColumnRole const role = block_.columns[c].role;
    if (role == ColumnRole::status && !one.text.empty())
      text = fmt::format("<span class=\"status status-{}\">{}</span>", status_class(one.status), text);
    if (c == 0) {
      out_ += fmt::format("<th scope=\"row\"{}>{}</th>", indent(row), text);
      return;
    }
    out_ += fmt::format("<td class=\"{}\"{}", role_class(role), period_attribute(c));
    if (one.value && one.value->is_value()) out_ += fmt::format(" data-value=\"{}\"", to_double(one.value->number));
    if (!one.figure.empty()) out_ += fmt::format(" data-figure=\"{}\"", escape_markup(one.figure));
    if (!one.target.empty())
      out_ += fmt::format(" data-target=\"{}\" data-status=\"{}\" data-verdict=\"{}\"",
                          escape_markup(page_.catalogue.text("report.kpi_target", {{"value", one.target}})),
                          status_class(one.status), escape_markup(status_text(one.status, page_.catalogue)));
    out_ += ">" + text + "</td>";
  }

  void notes() {
    auto const marks = marks_used(page_.document, block_);
    if (marks.empty() && block_.notes.empty()) return;
    out_ += "<ul class=\"notes\">\n";
    for (auto const& note : block_.notes) out_ += "<li>" + escape_markup(note) + "</li>\n";
    for (auto const& mark : marks)
      out_ += fmt::format("<li><b>{}</b> {}</li>\n", escape_markup(mark.symbol), escape_markup(mark.text));
    out_ += "</ul>\n";
  }

  Page const& page_;
  TableBlock const& block_;
  std::vector<std::string> periods_;
  std::string out_{};
};

}  // namespace

std::string table(Page const& page, TableBlock const& block) { return TableWriter(page, block).write(); }

}  // namespace yekun::html
