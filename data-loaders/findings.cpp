#include "data-loaders/findings.h"

#include "core/utf8.h"

namespace yekun {

std::string shown_text(std::string_view cell, bool personal) {
  constexpr std::size_t kShown = 80;
  if (cell.empty()) return {};
  if (personal) return "•••";
  constexpr std::size_t kEnough = kShown * 4 + 4;
  std::string text = to_valid_utf8(cell.substr(0, kEnough));
  std::string_view const cut = first_code_points(text, kShown);
  bool const whole = cut.size() == text.size() && cell.size() <= kEnough;
  std::string shown{whole ? std::string_view(text) : first_code_points(text, kShown - 1)};
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return whole ? shown : shown + "…";
}

void Findings::add(Finding finding) {
  ++counts[{finding.rule, finding.column}];
  ++total;
  if (finding.severity == Severity::error) ++errors;
  if (listed.size() < kListed) listed.push_back(std::move(finding));
}

void Findings::add(Findings const& other) {
  for (auto const& [key, count] : other.counts) counts[key] += count;
  total += other.total;
  errors += other.errors;
  for (auto const& finding : other.listed) {
    if (listed.size() >= kListed) break;
    listed.push_back(finding);
  }
}

}  // namespace yekun
