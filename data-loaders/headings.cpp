#include "data-loaders/headings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/utf8.h"
#include "data-loaders/hxl.h"

namespace yekun {
namespace {

/// The declared name for each heading, empty where none is.
class Matching {
 public:
  Matching(std::vector<ColumnHeading> const& headings, Dataset const& dataset)
      : headings_(headings), dataset_(dataset), declared_(headings.size()) {}

  std::vector<std::string> run() {
    for (auto const& column : dataset_.columns) {
      if (column.from.empty()) continue;
      std::string const from = clean(column.from);
      for (std::size_t i = 0; i < headings_.size(); ++i)
        if (headings_[i].text == from) declared_[i] = column.name;
    }
    for (auto const& column : dataset_.columns) {
      if (is_found(column)) continue;
      if (!by_tag(column)) by_ending(column);
    }
    return declared_;
  }

 private:
  bool is_found(ColumnSpec const& column) const {
    for (std::size_t i = 0; i < headings_.size(); ++i)
      if (declared_[i] == column.name ||
          (declared_[i].empty() && column.from.empty() && headings_[i].text == column.name))
        return true;
    return false;
  }

  /// The first column whose tag matches the pattern that "from" is.
  bool by_tag(ColumnSpec const& column) {
    auto const pattern = parse_hxl_pattern(column.from);
    if (!pattern) return false;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      auto const tag = parse_hxl_tag(headings_[i].tag);
      if (!tag || !declared_[i].empty() || !pattern->matches(*tag)) continue;
      declared_[i] = column.name;
      return true;
    }
    return false;
  }

  void by_ending(ColumnSpec const& column) {
    std::string const wanted = column.from.empty() ? column.name : clean(column.from);
    for (char const separator : {'/', '-'}) {
      std::size_t found = 0;
      std::size_t times = 0;
      for (std::size_t i = 0; i < headings_.size(); ++i)
        if (declared_[i].empty() && headings_[i].text.ends_with(separator + wanted)) {
          found = i;
          ++times;
        }
      if (times != 1) continue;
      declared_[found] = column.name;
      return;
    }
  }

  std::vector<ColumnHeading> const& headings_;
  Dataset const& dataset_;
  std::vector<std::string> declared_;
};

}  // namespace

NamedColumns name_columns(std::vector<ColumnHeading> const& headings, Dataset const& dataset,
                          std::uint64_t header_row) {
  NamedColumns named;
  auto const declared = Matching(headings, dataset).run();
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    std::string name = declared[i].empty() ? headings[i].text : declared[i];
    if (name.empty()) name = headings[i].tag;
    bool const unnamed = name.empty();
    if (unnamed) name = fmt::format("c{}", headings[i].position + 1);
    int const times = ++seen[name];
    if (times > 1) {
      std::string const other = fmt::format("{} ({})", name, times);
      if (!unnamed)
        named.notes.push_back(
            {.row = header_row,
             .column = other,
             .rule = "doubled-heading",
             .text = name,
             .reason = fmt::format("the heading stands here again; this column is read as '{}'", other)});
      name = other;
    }
    named.names.push_back(std::move(name));
  }
  return named;
}

std::vector<std::string> join_headings(std::vector<std::vector<std::string>> const& rows) {
  std::vector<std::string> joined(rows.empty() ? 0 : rows.front().size());
  for (std::size_t column = 0; column < joined.size(); ++column) {
    std::string const* above = nullptr;
    for (auto const& row : rows) {
      std::string const& part = row[column];
      if (part.empty() || (above != nullptr && *above == part)) continue;
      joined[column] += (joined[column].empty() ? "" : " / ") + part;
      above = &part;
    }
  }
  return joined;
}

}  // namespace yekun
