#include "charts/combinations.h"

#include <algorithm>

#include "charts/chart_words.h"
#include "indicators/dimension.h"

namespace yekun::charts {

namespace {

std::string separator_of(ChartData const& data, ChartSpec const& spec, Dimension const* dimension) {
  if (!spec.split.empty()) return spec.split;
  if (dimension != nullptr && !dimension->combined_by.empty()) return std::string(kCombined);
  for (char const* mark : {";", "|", "+", ","})
    for (auto const& category : data.categories)
      if (category.id.find(mark) != std::string::npos) return mark;
  return ";";
}

std::vector<std::string> parts_of(std::string const& text, std::string const& separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t const end = std::min(text.find(separator, at), text.size());
    std::string part = text.substr(at, end - at);
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    at = end + separator.size();
  }
  return parts;
}

}  // namespace

void add_combinations(ChartData& data, ChartSpec const& spec, Programme const& programme, std::string const& dimension,
                      Catalogue const& catalogue) {
  std::string const separator = separator_of(data, spec, programme.dimension(dimension));
  std::vector<std::vector<std::string>> lists;
  std::vector<PlacePart> sets;
  for (auto const& category : data.categories) {
    lists.push_back(category.id == "(unknown)" ? std::vector<std::string>{} : parts_of(category.id, separator));
    for (auto const& part : lists.back()) {
      PlacePart const set{dimension, part, false};
      if (std::find(sets.begin(), sets.end(), set) == sets.end()) sets.push_back(set);
    }
  }
  std::stable_sort(sets.begin(), sets.end(), [&](PlacePart const& a, PlacePart const& b) {
    return comes_before(programme, dimension, a, b, catalogue.locale());
  });
  for (auto const& set : sets) data.sets.push_back(value_label(programme, dimension, set, catalogue));
  for (std::size_t i = 0; i < data.categories.size(); ++i) {
    auto& category = data.categories[i];
    std::string label;
    for (std::size_t s = 0; s < sets.size(); ++s) {
      if (std::find(lists[i].begin(), lists[i].end(), *sets[s].value) == lists[i].end()) continue;
      category.members.push_back(s);
      label += (label.empty() ? "" : " + ") + data.sets[s];
    }
    if (!label.empty()) category.label = category.short_label = label;
  }
}

}  // namespace yekun::charts
