#include "data-loaders/folded_word.h"

#include "core/utf8.h"

namespace yekun {

std::string folded_word(std::string_view word) {
  constexpr std::string_view kDot = "\u0307";  // lower("İ") is "i" with this above
  constexpr std::string_view kDotless = "ı";
  std::string out = to_nfc(lower(word));
  for (auto at = out.find(kDot); at != std::string::npos; at = out.find(kDot)) out.erase(at, kDot.size());
  for (auto at = out.find(kDotless); at != std::string::npos; at = out.find(kDotless))
    out.replace(at, kDotless.size(), "i");
  return out;
}

}  // namespace yekun
