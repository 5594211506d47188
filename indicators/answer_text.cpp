#include <fmt/format.h>

#include <iterator>

#include "core/json_tree.h"
#include "indicators/lineage_text.h"
#include "indicators/question.h"

namespace yekun {

namespace {

/// RFC 4180: quoted where it must be.
std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

void add_figure(std::string& out, Figure const& figure) {
  Value const& value = figure.value;
  fmt::format_to(std::back_inserter(out), "{}:{{\"id\":{},\"state\":{}", quote_json(figure.indicator),
                 quote_json(figure.id), quote_json(name_of(value.state)));
  if (value.is_value()) {
    out += ",\"value\":" + to_text(value.number);
    if (value.low) out += ",\"low\":" + to_text(*value.low);
    if (value.partial) out += ",\"partial\":true";
  }
  if (value.state != State::suppressed)
    fmt::format_to(std::back_inserter(out), ",\"rows_used\":{},\"rows_left_out\":{}", figure.rows_used,
                   figure.rows_left_out);
  if (figure.units_expected > 0)
    fmt::format_to(std::back_inserter(out), ",\"units_reported\":{},\"units_expected\":{}", figure.units_reported,
                   figure.units_expected);
  if (figure.carried_days > 0) fmt::format_to(std::back_inserter(out), ",\"carried_days\":{}", figure.carried_days);
  if (!figure.notes.empty()) {
    out += ",\"notes\":[";
    for (std::size_t i = 0; i < figure.notes.size(); ++i) out += (i == 0 ? "" : ",") + quote_json(figure.notes[i]);
    out += ']';
  }
  if (figure.lineage && value.state != State::suppressed) out += ",\"lineage\":" + to_json(*figure.lineage);
  out += '}';
}

std::string names(std::vector<std::string> const& all) {
  std::string out = "[";
  for (std::size_t i = 0; i < all.size(); ++i) out += (i == 0 ? "" : ",") + quote_json(all[i]);
  return out + ']';
}

}  // namespace

std::string to_csv(Answer const& answer) {
  std::string out = "period";
  for (auto const& name : answer.dimensions) out += ',' + csv_cell(name);
  for (auto const& name : answer.indicators) out += ',' + csv_cell(name);
  out += '\n';
  for (AnswerRow const& row : answer.rows) {
    out += csv_cell(row.period.label);
    for (PlacePart const& part : row.key) out += ',' + (part.value ? csv_cell(*part.value) : std::string());
    for (Figure const& figure : row.figures)
      out += ',' + (figure.value.is_value() ? to_text(figure.value.number) : std::string());
    out += '\n';
  }
  return out;
}

std::string to_json(Answer const& answer) {
  std::string out =
      "{\"dimensions\":" + names(answer.dimensions) + ",\"indicators\":" + names(answer.indicators) + ",\"rows\":[";
  for (std::size_t r = 0; r < answer.rows.size(); ++r) {
    AnswerRow const& row = answer.rows[r];
    fmt::format_to(std::back_inserter(out),
                   "{}\n{{\"period\":{},\"first\":\"{}\",\"last\":\"{}\",\"partial\":{},\"key\":{{", r == 0 ? "" : ",",
                   quote_json(row.period.label), to_iso(row.period.first), to_iso(row.period.end - 1),
                   row.period.partial);
    for (std::size_t d = 0; d < row.key.size(); ++d) {
      out += (d == 0 ? "" : ",") + quote_json(row.key[d].dimension) + ':';
      out += row.key[d].value ? quote_json(*row.key[d].value) : "null";
    }
    out += "},\"figures\":{";
    for (std::size_t i = 0; i < row.figures.size(); ++i) {
      if (i > 0) out += ',';
      add_figure(out, row.figures[i]);
    }
    out += "}}";
  }
  return out + (answer.rows.empty() ? "]}\n" : "\n]}\n");
}

}  // namespace yekun
