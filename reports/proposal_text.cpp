#include <fmt/format.h>

#include <algorithm>

#include "core/json_tree.h"
#include "core/utf8.h"
#include "reports/proposal.h"

namespace yekun {
namespace {

/// Members of an object, one a line; a comment may stand behind each.
class Lines {
 public:
  explicit Lines(std::string indent) : indent_(std::move(indent)) {}
  void add(std::string_view key, std::string const& value, std::string const& note = {}) {
    lines_.push_back({fmt::format("{}: {}", quote_json(key), value), note});
  }
  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      out += indent_ + lines_[i].first + (i + 1 < lines_.size() ? "," : "");
      out += (lines_[i].second.empty() ? "" : "  // " + lines_[i].second) + "\n";
    }
    return out;
  }
  bool empty() const { return lines_.empty(); }

 private:
  std::string indent_;
  std::vector<std::pair<std::string, std::string>> lines_{};
};

std::string source_of(SourceSpec const& source) {
  std::string const files = source.files.size() == 1 ? quote_json(source.files.front()) : list_in_json(source.files);
  std::string rest;
  if (!source.sheet.empty()) rest += fmt::format(", \"sheet\": {}", quote_json(source.sheet));
  if (!source.table.empty()) rest += fmt::format(", \"table\": {}", quote_json(source.table));
  if (source.dialect.decimal)
    rest += fmt::format(", \"decimal\": {}", quote_json(std::string(1, *source.dialect.decimal)));
  if (source.dialect.thousands) rest += fmt::format(", \"thousands\": {}", quote_json(*source.dialect.thousands));
  if (source.dialect.header_rows) rest += fmt::format(", \"header\": {}", *source.dialect.header_rows);
  return rest.empty() ? files
                      : fmt::format("{{\"{}\": {}{}}}", source.files.size() == 1 ? "file" : "files", files, rest);
}

std::string column_value(ProposedDataset const& dataset, ProposedColumn const& column) {
  std::string out = fmt::format("\"type\": \"{}\"", to_text(column.type));
  if (column.renamed()) out += fmt::format(", \"from\": {}", quote_json(column.profile.name));
  auto const& format = column.profile.inferred.date_format;
  if (column.type == Type::date && !format.empty()) out += fmt::format(", \"format\": \"{}\"", format);
  if (column.clean) out += ", \"clean\": true";
  if (auto const marks = own_marks(dataset, column)) out += ", \"missing\": " + list_in_json(*marks);
  return out.find(',') == std::string::npos ? fmt::format("\"{}\"", to_text(column.type)) : "{" + out + "}";
}

std::string column_note(ProposedColumn const& column) {
  if (column.type == Type::date && column.profile.inferred.ambiguous_date)
    return "day or month first? every value reads both ways: \"mm/dd/yyyy\" if the month stands first";
  if (column.note.empty() && column.share) return "shares: 82% is 0.82";
  if (column.note.empty() && column.profile.similar_count > 0 && !column.clean)
    return "some values differ only in how they are written: \"map\" merges them";
  return column.note;
}

std::string dataset_text(ProposedDataset const& dataset) {
  Lines out("      ");
  out.add("source", source_of(dataset.source));
  if (dataset.date.size() == 1)
    out.add("date", quote_json(dataset.date.front()), "the day that puts a row into a period");
  if (dataset.date.size() == 2) out.add("date", list_in_json(dataset.date), "first and last day of a stay");
  if (!dataset.key.empty()) out.add("key", list_in_json(dataset.key), "together they occur once");
  if (!dataset.missing.empty()) out.add("missing", list_in_json(dataset.missing), "marks that mean \"no value\"");
  Lines columns("        ");
  std::vector<std::string> personal;
  for (auto const& column : dataset.columns) {
    columns.add(column.name, column_value(dataset, column), column_note(column));
    if (column.personal) personal.push_back(column.name);
  }
  out.add("columns", "{\n" + columns.text() + "      }");
  if (!personal.empty()) out.add("personal", list_in_json(personal), "may be counted and filtered by, never shown");
  std::string lookups;
  for (auto const& [column, target] : dataset.lookups)
    lookups += fmt::format("{}{}: {}", lookups.empty() ? "" : ", ", quote_json(column), quote_json(target));
  std::string note = "each row has the columns of that table, too";
  for (auto const& [column, target] : dataset.other_lookups)
    note += fmt::format("; not {}: {}, which has columns of the same names", quote_json(column), quote_json(target));
  if (!lookups.empty()) out.add("lookup", "{" + lookups + "}", note);
  return "{\n" + out.text() + "    }";
}

std::string rows_note(ProposedDataset const& dataset) {
  std::string out = fmt::format("{} {}", dataset.rows, dataset.rows == 1 ? "row" : "rows");
  if (dataset.first && dataset.last) out += fmt::format(", {} to {}", to_iso(*dataset.first), to_iso(*dataset.last));
  return out;
}

std::string datasets_text(Proposal const& proposal) {
  std::string out;
  for (std::size_t i = 0; i < proposal.datasets.size(); ++i) {
    auto const& dataset = proposal.datasets[i];
    out += fmt::format("    // {}\n    {}: {}{}\n", rows_note(dataset), quote_json(dataset.id), dataset_text(dataset),
                       i + 1 < proposal.datasets.size() ? "," : "");
  }
  return out;
}

std::string age_of(ProposedDataset const& dataset) {
  for (auto const& column : dataset.columns) {
    if (column.type == Type::date && column.hints.contains(Hint::birth) && dataset.date.size() == 1)
      return fmt::format("age({}, {})", in_expression(column.name), in_expression(dataset.date.front()));
    if (column.hints.contains(Hint::age) && column.role == TakenFor::average && column.type == Type::integer)
      return in_expression(column.name);
  }
  return {};
}

std::string dimensions_text(Proposal const& proposal) {
  Lines out("    ");
  std::set<std::string> named;
  for (auto const& dataset : proposal.datasets)
    for (auto const& column : dataset.columns)
      if (column.role == TakenFor::category && named.insert(column.name).second)
        out.add(column.name, fmt::format("{{\"label\": {}}}", quote_json(plain_title(column.profile.name))));
  for (auto const& dataset : proposal.datasets)
    if (auto const age = age_of(dataset); !age.empty() && named.insert("age_group").second)
      out.add("age_group", fmt::format("{{\"of\": {}, \"bands\": [0, 5, 12, 18, 60]}}", quote_json(age)),
              "0-4, 5-11, 12-17, 18-59, 60+");
  return out.text();
}

std::string packs_text(Proposal const& proposal) {
  std::string out;
  for (auto const& pack : proposal.packs) {
    Lines roles("      ");
    for (auto const& [part, members] : pack.roles) {
      std::string one;
      for (auto const& [role, name] : members)
        one += fmt::format("{}{}: {}", one.empty() ? "" : ", ", quote_json(role), quote_json(name));
      roles.add(part, "{" + one + "}");
    }
    if (!out.empty()) out += ",\n";
    if (!pack.note.empty()) out += "    // " + clean(pack.note) + "\n";  // on one line, whatever the values hold
    out += fmt::format("    {{\"use\": {}, \"roles\": {{\n{}    }}}}", quote_json(pack.name), roles.text());
  }
  return out + "\n";
}

std::string indicators_text(Proposal const& proposal) {
  Lines out("    ");
  for (auto const& one : proposal.indicators) {
    std::string value = fmt::format("\"label\": {}, \"dataset\": {}, \"measure\": {}", quote_json(one.label),
                                    quote_json(one.dataset), quote_json(one.measure));
    if (!one.over_time.empty()) value += fmt::format(", \"over_time\": {}", quote_json(one.over_time));
    out.add(one.id, fmt::format("{{{}, \"unit\": {}}}", value, quote_json(one.unit)), one.note);
  }
  return out.text();
}

}  // namespace

std::string list_in_json(std::vector<std::string> const& texts) {
  std::string out;
  for (auto const& text : texts) out += (out.empty() ? "" : ", ") + quote_json(text);
  return "[" + out + "]";
}

std::string programme_text(Proposal const& proposal) {
  std::string out =
      "// Proposed by yekun init from the files below. Read it once: what a column means is your knowledge, not the "
      "program's.\n"
      "// Change what is wrong, then: yekun check programme.json\n{\n";
  out += fmt::format(
      "  \"programme\": {{\n    \"id\": {},  // begins the names of what is built\n    \"title\": {},\n"
      "    \"languages\": [{}],  // of the reports: az, ka, tk, ru, en\n    \"timezone\": {}\n  }},\n\n",
      quote_json(proposal.id), quote_json(proposal.title), quote_json(proposal.language),
      quote_json(proposal.timezone));
  out +=
      "  // Small groups can point at a person: counts of people below five are not shown.\n"
      "  // \"disclosure\": {\"threshold\": 5},\n\n";
  out += "  \"datasets\": {\n" + datasets_text(proposal) + "  },\n\n";
  if (auto const dimensions = dimensions_text(proposal); !dimensions.empty())
    out += "  // Ways to group rows.\n  \"dimensions\": {\n" + dimensions + "  },\n\n";
  if (!proposal.packs.empty())
    out += "  // Ready-made indicators whose roles your columns can play.\n  \"packs\": [\n" + packs_text(proposal) +
           "  ],\n\n";
  out +=
      "  // The numbers. People are counted once with count(distinct ...); \"where\" keeps some rows; \"targets\" "
      "names a file of targets.\n"
      "  \"indicators\": {\n" +
      indicators_text(proposal) + "  }\n}\n";
  return out;
}

}  // namespace yekun
