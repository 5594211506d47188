#include "output/layout_text.h"

#include <algorithm>

namespace yekun::page {

namespace {

/// A word with the spaces after it; words never hold a break inside.
struct Word {
  std::string text;
  std::size_t span = 0;
  double width = 0;
  double space = 0;  // width of the spaces after it
  std::string spaces{};
  bool forced = false;  // a line feed follows
};

bool breaks_after(std::string_view text, std::size_t i) {
  // After a hyphen or slash inside a word, not before a digit (ranges stay whole) and not at its start.
  if (text[i] != '-' && text[i] != '/') return false;
  if (i == 0 || i + 1 >= text.size()) return false;
  char const next = text[i + 1];
  return next != ' ' && next != '\n' && !(next >= '0' && next <= '9') && next != text[i];
}

std::vector<Word> cut_words(TypeMeasurer const& measurer, std::vector<Span> const& spans) {
  std::vector<Word> words;
  for (std::size_t s = 0; s < spans.size(); ++s) {
    std::string_view const text = spans[s].text;
    std::size_t i = 0;
    while (i < text.size()) {
      std::size_t const start = i;
      bool slash = false;
      while (i < text.size() && text[i] != ' ' && text[i] != '\n' && !slash) slash = breaks_after(text, i++);
      Word word{std::string(text.substr(start, i - start)), s};
      std::size_t const space_start = i;
      while (i < text.size() && text[i] == ' ') ++i;
      word.spaces = std::string(text.substr(space_start, i - space_start));
      if (i < text.size() && text[i] == '\n') {
        word.forced = true;
        ++i;
      }
      word.width = measurer.width(word.text, spans[s].style);
      if (!word.spaces.empty()) word.space = measurer.width(word.spaces, spans[s].style);
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::size_t next_code_point(std::string_view text, std::size_t i) {
  ++i;
  while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) ++i;
  return i;
}

class Lines {
 public:
  Lines(TypeMeasurer const& measurer, std::vector<Span> const& spans, double width)
      : measurer_(measurer), spans_(spans), room_(width) {}

  /// `glued`: words that stick together (no space or break between) and so move together.
  void add(std::vector<Word> const& glued) {
    double width = 0;
    for (auto const& word : glued) width += word.width;
    if (lines_.back().width + pending_ + width > room_ + 1e-6 && lines_.back().width > 0) next_line();
    for (auto const& word : glued) {
      if (width > room_ + 1e-6)
        put_broken(word);
      else
        put(word.text, word.span, word.width);
      pending_ = word.space;
      pending_spaces_ = word.spaces;
      pending_span_ = word.span;
    }
    if (!glued.empty() && glued.back().forced) next_line();
  }

  std::vector<TextLine> take() { return std::move(lines_); }

 private:
  void next_line() {
    lines_.emplace_back();
    pending_ = 0;
    pending_spaces_.clear();
  }

  void append(std::string const& text, std::size_t span, double width) {
    TextLine& line = lines_.back();
    bool const same = !line.spans.empty() && last_span_ == span;
    if (same) {
      line.spans.back().text += text;
      line.spans.back().width += width;
    } else {
      Span made = spans_[span];
      made.text = text;
      made.x = line.width;
      made.width = width;
      line.spans.push_back(std::move(made));
    }
    last_span_ = span;
    line.width += width;
  }

  void put(std::string const& text, std::size_t span, double width) {
    if (pending_ > 0 && lines_.back().width > 0) append(pending_spaces_, pending_span_, pending_);
    pending_ = 0;
    append(text, span, width);
  }

  /// A word wider than a line: as many code points as fit, line after line.
  void put_broken(Word const& word) {
    std::string_view rest = word.text;
    while (!rest.empty()) {
      std::size_t fits = 0;
      double used = 0;
      double const room = room_ - lines_.back().width - pending_;
      for (std::size_t i = next_code_point(rest, 0);; i = next_code_point(rest, i)) {
        double const width = measurer_.width(rest.substr(0, i), spans_[word.span].style);
        if (width > room && (fits > 0 || lines_.back().width > 0)) break;
        fits = i;
        used = width;
        if (i >= rest.size()) break;
      }
      if (fits > 0) put(std::string(rest.substr(0, fits)), word.span, used);
      rest.remove_prefix(fits);
      if (!rest.empty()) next_line();
    }
  }

  TypeMeasurer const& measurer_;
  std::vector<Span> const& spans_;
  double room_;
  std::vector<TextLine> lines_{1};
  double pending_ = 0;
  std::string pending_spaces_;
  std::size_t pending_span_ = 0;
  std::size_t last_span_ = 0;
};

/// A word ends where spaces follow, a line feed does, or a hyphen or slash may break; else the next span continues it.
bool ends_word(Word const& word) {
  return !word.spaces.empty() || word.forced || word.text.ends_with('-') || word.text.ends_with('/');
}

}  // namespace

std::vector<TextLine> break_lines(TypeMeasurer const& measurer, std::vector<Span> const& spans, double width) {
  Lines lines(measurer, spans, width);
  std::vector<Word> glued;
  for (auto& word : cut_words(measurer, spans)) {
    bool const ends = ends_word(word);
    glued.push_back(std::move(word));
    if (!ends) continue;
    lines.add(glued);
    glued.clear();
  }
  lines.add(glued);
  auto all = lines.take();
  return all;
}

std::vector<TextLine> break_lines(TypeMeasurer const& measurer, std::string const& text, TypeStyle style, Colour colour,
                                  double width) {
  double const whole = measurer.width(text, style);
  if (whole <= width && text.find('\n') == std::string::npos) {
    if (text.empty()) return {TextLine{}};
    return {TextLine{{Span{text, style, colour, {}, 0, whole}}, whole}};
  }
  return break_lines(measurer, std::vector<Span>{Span{text, style, colour}}, width);
}

double widest_word(TypeMeasurer const& measurer, std::string const& text, TypeStyle style) {
  double widest = 0;
  if (text.find_first_of(" \n-/") == std::string::npos) return measurer.width(text, style);
  for (auto const& word : cut_words(measurer, {Span{text, style, {}}})) widest = std::max(widest, word.width);
  return widest;
}

std::string shorten(TypeMeasurer const& measurer, std::string const& text, TypeStyle style, double width) {
  if (measurer.width(text, style) <= width) return text;
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    i = next_code_point(text, i);
    std::string const tried = text.substr(0, i) + "…";
    if (measurer.width(tried, style) > width) break;
    kept = tried;
  }
  return kept.empty() ? "…" : kept;
}

void add_line(std::vector<Item>& items, TextLine const& line, double x, double y) {
  for (auto const& span : line.spans) {
    if (!span.link.empty())
      items.push_back(Link{{x + span.x, y - span.style.size_pt, span.width, span.style.size_pt * 1.25}, span.link});
    items.push_back(Text{x + span.x, y, span.text, span.style, span.colour, span.width});
  }
}

}  // namespace yekun::page
