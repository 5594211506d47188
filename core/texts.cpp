#include "core/texts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/assets.h"
#include "core/json_tree.h"
#include "core/message.h"
#include "core/utf8.h"

namespace yekun {
namespace {

constexpr std::string_view kPlain = "aceilnoprstuyACEILNOPRSTUY";
constexpr char32_t kAccented[] = U"àçéîłñöþŕšţûýÀÇÉÎŁÑÖÞŔŠŢÛÝ";
static_assert(std::size(kAccented) == kPlain.size() + 1);

std::string accent(std::string_view literal) {
  std::string out;
  for (char const c : literal) {
    auto const i = kPlain.find(c);
    out += i == std::string_view::npos ? std::string(1, c) : to_utf8(kAccented[i]);
  }
  return out;
}

/// Texts that only ever stand inside others, which have brackets of their own.
bool is_part(std::string_view key) {
  return key.starts_with("month.") || key.starts_with("list.") || key.starts_with("date.");
}

}  // namespace

Result<Texts> parse_texts(std::string_view json, std::string const& file) {
  auto const tree = parse_json(json, file);
  if (!tree) return tl::unexpected<Diagnostics>(tree.error());
  Texts texts;
  Diagnostics wrong;
  for (auto const& member : tree->members) {
    if (member.value.kind == JsonKind::string)
      texts.emplace(member.key, member.value.text);
    else
      wrong.push_back({Severity::error,
                       Fault::spec,
                       "text-expected",
                       member.value.place,
                       fmt::format("the text '{}' is not a text in quotes", member.key),
                       "",
                       {}});
  }
  if (!wrong.empty()) return failure(std::move(wrong));
  return texts;
}

Result<Texts> load_texts(std::string_view language) {
  bool const is_pseudo = language == "qps";
  std::string const path = fmt::format("texts/{}.json", is_pseudo ? "en" : language);
  auto const json = asset(path);
  if (!json)
    return failure({Severity::error,
                    Fault::spec,
                    "unknown-language",
                    {},
                    fmt::format("there are no texts in the language '{}'", language),
                    suggestion(language, {std::begin(kLanguages), std::end(kLanguages)}),
                    {}});
  auto texts = parse_texts(*json, path);
  if (texts && is_pseudo) {
    for (auto& [key, text] : *texts)
      if (!is_part(key)) text = pseudo(text);
  }
  return texts;
}

std::string pseudo(std::string_view message) {
  auto const ranges = literal_ranges(message);
  bool const whole = message.find_first_of("{}'") == std::string_view::npos;
  if (ranges.empty() && !whole) return std::string(message);
  std::string out = "[";
  std::size_t done = 0;
  std::size_t letters = 0;
  for (auto const& [first, end] : ranges) {
    out += message.substr(done, first - done);
    out += accent(message.substr(first, end - first));
    letters += end - first;
    done = end;
  }
  out += message.substr(done);
  return out + std::string(letters / 3, '~') + "]";
}

}  // namespace yekun
