#include "charts/text_measurer.h"

#include <algorithm>

namespace yekun {

namespace {

constexpr std::string_view kEllipsis = "…";

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// Ends of the pieces a line may end with: before a space, after a hyphen or slash, and at the end.
std::vector<std::size_t> break_points(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ' ') ends.push_back(i);
    if ((text[i - 1] == '-' || text[i - 1] == '/') && text[i] != ' ') ends.push_back(i);
  }
  ends.push_back(text.size());
  return ends;
}

std::string_view without_leading_spaces(std::string_view text) {
  auto const at = text.find_first_not_of(' ');
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

}  // namespace

std::string ellipsise(TextMeasurer const& measurer, std::string_view text, TextStyle style, double width_pt) {
  if (measurer.width(text, style) <= width_pt) return std::string(text);
  std::vector<std::size_t> cuts{0};
  for (std::size_t i = 1; i < text.size(); ++i)
    if (starts_code_point(text[i])) cuts.push_back(i);
  auto const shortened = [&](std::size_t cut) {
    std::string_view kept = text.substr(0, cut);
    while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
    return std::string(kept) + std::string(kEllipsis);
  };
  std::size_t low = 0;
  std::size_t high = cuts.size();  // cuts[low] fits (or is nothing), cuts[high] does not
  while (high - low > 1) {
    std::size_t const middle = low + (high - low) / 2;
    (measurer.width(shortened(cuts[middle]), style) <= width_pt ? low : high) = middle;
  }
  return shortened(cuts[low]);
}

WrappedText wrap(TextMeasurer const& measurer, std::string_view text, TextStyle style, double width_pt,
                 std::size_t most_lines) {
  WrappedText wrapped;
  auto const add = [&](std::string line) {
    wrapped.width_pt = std::max(wrapped.width_pt, measurer.width(line, style));
    wrapped.lines.push_back(std::move(line));
  };
  std::string_view rest = without_leading_spaces(text);
  while (!rest.empty() && measurer.width(rest, style) > width_pt) {
    if (wrapped.lines.size() + 1 >= most_lines) break;
    std::size_t cut = 0;
    for (std::size_t const end : break_points(rest)) {
      if (measurer.width(rest.substr(0, end), style) > width_pt) break;
      cut = end;
    }
    if (cut == 0) break;  // the first word alone is too wide
    add(std::string(rest.substr(0, cut)));
    rest = without_leading_spaces(rest.substr(cut));
  }
  if (!rest.empty() || wrapped.lines.empty()) {
    std::string last = ellipsise(measurer, rest, style, width_pt);
    wrapped.shortened = last != rest;
    add(std::move(last));
  }
  return wrapped;
}

}  // namespace yekun
