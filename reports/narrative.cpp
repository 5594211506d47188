#include "reports/narrative.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "reports/format.h"
#include "reports/markdown.h"
#include "reports/narrative_pieces.h"

namespace yekun {

namespace {

constexpr std::array<std::string_view, 5> kBuiltIn{"period", "previous_period", "programme", "as_of", "group"};
constexpr std::array<std::string_view, 7> kCompanions{"_target",     "_previous",    "_change",   "_baseline",
                                                      "_cumulative", "_achievement", "_last_year"};

/// Each argument's text is set in after markdown is parsed, so that no value can be taken for markup: a character of
/// the supplementary private use area stands for it meanwhile.
constexpr char32_t kFirstStandIn = 0xF0000;
/// Around text that is parsed as markdown itself (a branch of plural or select) and shows a figure.
constexpr char32_t kOpen = 0xFF000;
constexpr char32_t kClose = 0xFF800;
constexpr std::size_t kMostArguments = kClose - kOpen;

struct Inserted {
  std::string text;
  std::string figure;
  std::string target{};
};

bool shown_as_in_tables(MessagePiece const& piece) {
  return piece.kind.empty() || (piece.kind == "number" && (piece.style.empty() || piece.style == "percent"));
}

MessageValue message_value(NarrativeValue const& value) {
  if (value.is_text) return value.text;
  if (!value.value.is_value()) return std::monostate{};
  return std::visit([](auto number) -> MessageValue { return number; }, value.value.number);
}

MessageArguments message_values(NarrativeValues const& values) {
  MessageArguments arguments;
  for (auto const& [name, value] : values) arguments.emplace(name, message_value(value));
  return arguments;
}

class Writer {
 public:
  Writer(NarrativeValues const& values, Catalogue const& catalogue)
      : values_(values), catalogue_(catalogue), arguments_(message_values(values)) {}

  /// The text of one argument; whether it may hold markdown of its own.
  tl::expected<std::string, std::string> argument(MessagePiece const& piece, std::string& figure, bool& markup) const {
    if (reference_of(piece)) return tl::unexpected(fmt::format("'{}' can stand in a 'text' only", piece.text));
    auto const found = values_.find(piece.name);
    if (found == values_.end()) return tl::unexpected(fmt::format("unknown name '{}' in the text", piece.name));
    NarrativeValue const& value = found->second;
    figure = value.figure;
    if (value.is_text && piece.kind.empty()) return value.text;
    if (!value.is_text && (shown_as_in_tables(piece) || !value.value.is_value()))
      return say(value.value, value.shape, catalogue_);
    markup = piece.kind != "number" && piece.kind != "date";
    return catalogue_.locale().message(piece.text, arguments_);
  }

  tl::expected<std::string, std::string> literal(MessagePiece const& piece) const {
    return catalogue_.locale().message(piece.text, {});
  }

 private:
  NarrativeValues const& values_;
  Catalogue const& catalogue_;
  MessageArguments arguments_;
};

/// Splits a run at stand-ins; the pieces that show figures carry their ids.
void set_in(TextRun const& run, std::vector<Inserted> const& inserted, std::string& open_figure,
            std::vector<TextRun>& out) {
  auto const add = [&](std::string_view text, std::string const& figure, std::string const& target = {}) {
    if (text.empty()) return;
    if (!target.empty()) return out.push_back({std::string(text), run.bold, run.italic, {}, {}, target});
    bool const same = !out.empty() && out.back().figure == figure && out.back().bold == run.bold &&
                      out.back().italic == run.italic && out.back().link == run.link && figure.empty() &&
                      out.back().target.empty();
    if (same)
      out.back().text += text;
    else
      out.push_back({std::string(text), run.bold, run.italic, run.link, figure});
  };
  std::string plain;
  for (char32_t const c : to_code_points(run.text)) {
    bool const stand_in = c >= kFirstStandIn && c < kFirstStandIn + inserted.size();
    bool const edge = (c >= kOpen && c < kOpen + inserted.size()) || (c >= kClose && c < kClose + inserted.size());
    if (!stand_in && !edge) {
      plain += to_utf8(c);
      continue;
    }
    add(plain, open_figure);
    plain.clear();
    if (stand_in) {
      auto const& one = inserted.at(c - kFirstStandIn);
      add(one.text, one.figure, one.target);
    } else {
      open_figure = c < kClose ? inserted.at(c - kOpen).figure : std::string();
    }
  }
  add(plain, open_figure);
}

std::string stand_in(char32_t base, std::size_t index) { return to_utf8(base + static_cast<char32_t>(index)); }

}  // namespace

std::string narrative_indicator(std::string_view name, Programme const& programme) {
  if (programme.indicator(name) != nullptr) return std::string(name);
  for (auto const companion : kCompanions)
    if (name.ends_with(companion)) {
      auto const base = name.substr(0, name.size() - companion.size());
      if (programme.indicator(base) != nullptr) return std::string(base);
    }
  return {};
}

tl::expected<std::vector<std::string>, std::string> narrative_indicators(std::string_view text,
                                                                         Programme const& programme) {
  auto const names = message_arguments(without_references(text));
  if (!names) return tl::unexpected(names.error());
  std::vector<std::string> indicators;
  for (auto const& name : *names) {
    if (std::find(kBuiltIn.begin(), kBuiltIn.end(), name) != kBuiltIn.end()) continue;
    std::string const indicator = narrative_indicator(name, programme);
    if (indicator.empty()) return tl::unexpected(fmt::format("unknown name '{}' in the text", name));
    if (std::find(indicators.begin(), indicators.end(), indicator) == indicators.end()) indicators.push_back(indicator);
  }
  return indicators;
}

tl::expected<std::vector<Paragraph>, std::string> write_narrative(std::string_view text, NarrativeValues const& values,
                                                                  Catalogue const& catalogue) {
  Writer const writer(values, catalogue);
  std::vector<Inserted> inserted;
  std::string markdown;
  auto const pieces = cut_message(text);
  if (pieces.size() > kMostArguments)
    return tl::unexpected(fmt::format("more than {} pieces in one text", kMostArguments));
  for (auto const& piece : pieces) {
    std::string figure;
    if (auto const target = reference_of(piece)) {
      markdown += stand_in(kFirstStandIn, inserted.size());
      inserted.push_back({piece.text, {}, *target});
      continue;
    }
    bool markup = !piece.argument;
    auto const written = piece.argument ? writer.argument(piece, figure, markup) : writer.literal(piece);
    if (!written) return tl::unexpected(written.error());
    std::size_t const index = inserted.size();
    if (piece.argument) inserted.push_back({*written, figure});
    if (!markup)
      markdown += stand_in(kFirstStandIn, index);
    else if (figure.empty())
      markdown += *written;
    else
      markdown += stand_in(kOpen, index) + *written + stand_in(kClose, index);
  }
  auto paragraphs = parse_markdown(markdown);
  for (auto& paragraph : paragraphs) {
    std::vector<TextRun> runs;
    std::string open_figure;
    for (auto const& run : paragraph.runs) set_in(run, inserted, open_figure, runs);
    paragraph.runs = std::move(runs);
  }
  return paragraphs;
}

tl::expected<std::string, std::string> write_line(std::string_view text, NarrativeValues const& values,
                                                  Catalogue const& catalogue) {
  Writer const writer(values, catalogue);
  std::string line;
  for (auto const& piece : cut_message(text)) {
    std::string figure;
    bool markup = false;
    auto const written = piece.argument ? writer.argument(piece, figure, markup) : writer.literal(piece);
    if (!written) return tl::unexpected(written.error());
    line += *written;
  }
  return line;
}

}  // namespace yekun
