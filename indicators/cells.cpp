#include "indicators/cells.h"

#include <algorithm>
#include <utility>

namespace yekun {

CellSpace::CellSpace(std::size_t dimensions) : table_(dimensions + 1), texts_(dimensions) {}

void CellSpace::find(std::vector<std::uint32_t const*> const& words, std::size_t count, std::uint32_t* out) {
  constexpr std::size_t kAtOnce = 4096;
  std::vector<std::uint32_t const*> part(words.size());
  for (std::size_t from = 0; from < count; from += kAtOnce) {
    for (std::size_t w = 0; w < words.size(); ++w) part[w] = words[w] + from;
    table_.find(part, std::min(kAtOnce, count - from), out + from);
  }
}

std::uint32_t CellSpace::find(std::vector<std::uint32_t> const& key) {
  std::vector<std::uint32_t const*> words;
  for (auto const& word : key) words.push_back(&word);
  std::uint32_t cell = 0;
  table_.find(words, 1, &cell);
  return cell;
}

std::uint32_t CellSpace::elsewhere(std::uint32_t cell, std::size_t window) const {
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(window) + 1};
  for (std::size_t d = 0; d < dimensions(); ++d) key.push_back(code(cell, d));
  return table_.seek(key);
}

std::vector<PlacePart> CellSpace::place(std::uint32_t cell, std::vector<std::string> const& names) const {
  std::vector<PlacePart> parts;
  for (std::size_t d = 0; d < dimensions(); ++d) {
    PlacePart part;
    part.dimension = names[d];
    std::uint32_t const value = code(cell, d);
    part.unknown = value == kUnknownValue;
    if (part.unknown) part.value = "(unknown)";
    if (value > kUnknownValue) part.value = std::string(text(d, value));
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace yekun
