#include <algorithm>
#include <array>
#include <limits>

#include "core/diagnostic.h"
#include "core/utf8.h"

namespace yekun {
namespace {

constexpr std::size_t kMaxListed = 20;  // of more than these the first ones
constexpr std::size_t kFirstListed = 8;
constexpr std::size_t kMaxWord = 100;  // nobody mistypes a longer name, and the distance costs the square of it

/// What people write who come from other programs, or say it in plain words: the program's word for it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 45> kOtherWords{
    {{"persons", "people"}, {"person", "people"},      {"individuals", "people"}, {"beneficiaries", "people"},
     {"%", "percent"},      {"percentage", "percent"}, {"count", "number"},       {"manat", "AZN"},
     {"lari", "GEL"},       {"pie", "donut"},          {"column", "bar"},         {"columns", "bar"},
     {"histogram", "bar"},  {"map", "choropleth"},     {"pivot", "table"},        {"excel", "xlsx"},
     {"xls", "xlsx"},       {"workbook", "xlsx"},      {"email", "eml"},          {"mail", "eml"},
     {"dashboard", "html"}, {"web", "html"},           {"picture", "png"},        {"charts", "png"},
     {"int", "integer"},    {"whole", "integer"},      {"string", "text"},        {"varchar", "text"},
     {"float", "number"},   {"double", "number"},      {"numeric", "number"},     {"bool", "boolean"},
     {"datetime", "date"},  {"up", "increase"},        {"down", "decrease"},      {"quarterly", "quarter"},
     {"monthly", "month"},  {"yearly", "year"},        {"annual", "year"},        {"weekly", "week"},
     {"english", "en"},     {"russian", "ru"},         {"georgian", "ka"},        {"azerbaijani", "az"},
     {"turkmen", "tk"}}};

/// The candidate that `word` is another word for; null if there is none.
std::string const* by_another_word(std::string_view word, std::vector<std::string> const& candidates) {
  for (auto const& [other, ours] : kOtherWords)
    if (other == word)
      for (auto const& candidate : candidates)
        if (candidate == ours) return &candidate;
  return nullptr;
}

using Points = std::vector<char32_t>;

std::size_t distance(Points const& a, Points const& b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  return distance(to_code_points(a), to_code_points(b));
}

std::string nearest(std::string_view word, std::vector<std::string> const& candidates) {
  Points const wanted = to_code_points(lower(word));
  if (wanted.size() > kMaxWord) return {};
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::string const* found = nullptr;
  for (auto const& candidate : candidates) {
    Points const points = to_code_points(lower(candidate));
    std::size_t const longer = std::max(points.size(), wanted.size());
    std::size_t const shorter = std::min(points.size(), wanted.size());
    if (longer - shorter >= best) continue;
    std::size_t const d = distance(wanted, points);
    if (d >= best) continue;
    best = d;
    found = &candidate;
  }
  return found == nullptr ? std::string() : *found;
}

std::string suggestion(std::string_view word, std::vector<std::string> const& candidates) {
  if (candidates.empty()) return {};
  if (auto const* const ours = by_another_word(lower(word), candidates)) return "did you mean '" + *ours + "'?";
  if (auto const near = nearest(word, candidates); !near.empty()) return "did you mean '" + near + "'?";
  std::string out = "one of: ";
  std::vector<std::string> names;
  for (auto const& candidate : candidates)
    if (std::find(names.begin(), names.end(), candidate) == names.end()) names.push_back(candidate);
  std::size_t const shown = names.size() > kMaxListed ? kFirstListed : names.size();
  for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : ", ") + names[i];
  if (shown < names.size()) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

}  // namespace yekun
