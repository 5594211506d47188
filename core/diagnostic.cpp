#include "core/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/json_tree.h"
#include "core/utf8.h"

namespace yekun {
namespace {

constexpr std::size_t kSourceWidth = 120;  // code points of a source line that are shown

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::internal:
      return "internal";
    case Fault::usage:
      return "usage";
    case Fault::spec:
      return "spec";
    case Fault::data:
      return "data";
    case Fault::render:
      return "render";
    case Fault::delivery:
      return "delivery";
  }
  return "internal";
}

/// Control characters made visible: what stands in a data file must not steer the reader's terminal.
std::string visible(std::string_view text) {
  std::string out;
  for (char32_t const c : to_code_points(text)) {
    bool const control = (c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F);
    out += control ? fmt::format("\\x{:02x}", static_cast<unsigned>(c)) : to_utf8(c);
  }
  return out;
}

std::string render(Place const& place) {
  std::string out = visible(place.file);
  if (place.line > 0) {
    out += fmt::format("{}{}", out.empty() ? "" : ":", place.line);
    if (place.column > 0) out += fmt::format(":{}", place.column);
  }
  std::string inner;
  if (place.row > 0) inner = fmt::format("row {}", place.row);
  if (!place.field.empty()) inner += fmt::format("{}column '{}'", inner.empty() ? "" : ", ", visible(place.field));
  if (!inner.empty()) out += (out.empty() ? "" : ": ") + inner;
  return out;
}

/// The source line with a caret under `column`; a long line is cut to a window around it. A tab stands as a tab in
/// both.
std::string with_caret(std::string_view line, std::uint64_t column) {
  auto const points = to_code_points(line);
  std::size_t const at = column > 0 ? static_cast<std::size_t>(column - 1) : 0;
  std::size_t const first = at > kSourceWidth - 20 ? at - (kSourceWidth - 20) : 0;
  std::size_t const last = std::min(points.size(), first + kSourceWidth);
  std::string shown = first > 0 ? "…" : "";
  std::string caret = first > 0 ? " " : "";
  for (std::size_t i = first; i < last; ++i) shown += points[i] == '\t' ? "\t" : visible(to_utf8(points[i]));
  if (last < points.size()) shown += "…";
  if (column == 0) return "  " + shown + "\n";
  for (std::size_t i = first; i < at; ++i) {
    if (i < points.size() && points[i] == '\t')
      caret += '\t';
    else
      caret.append(i < points.size() ? count_code_points(visible(to_utf8(points[i]))) : 1, ' ');
  }
  return "  " + shown + "\n  " + caret + "^\n";
}

struct Style {
  std::string_view bold, severity, caret, off;
};

Style style_of(Severity severity, bool colour) {
  if (!colour) return {};
  std::string_view const tint = severity == Severity::error     ? "\x1b[1;31m"
                                : severity == Severity::warning ? "\x1b[1;33m"
                                                                : "\x1b[1;36m";
  return {"\x1b[1m", tint, "\x1b[32m", "\x1b[0m"};
}

}  // namespace

bool has_errors(Diagnostics const& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](Diagnostic const& d) { return d.severity == Severity::error; });
}

std::string to_text(Diagnostic const& d, bool colour) {
  Style const style = style_of(d.severity, colour);
  std::string const where = render(d.place);
  std::string out;
  if (!where.empty()) out += fmt::format("{}{}:{} ", style.bold, where, style.off);
  std::string const code = d.code.empty() ? "" : "[" + d.code + "]";
  out += fmt::format("{}{}{}:{} {}\n", style.severity, name_of(d.severity), code, style.off, visible(d.message));
  if (!d.source_line.empty()) {
    std::string const block = with_caret(d.source_line, d.place.column);
    auto const split = block.find('\n') + 1;
    out += block.substr(0, split);
    if (split < block.size())
      out += fmt::format("{}{}{}\n", style.caret, block.substr(split, block.size() - split - 1), style.off);
  }
  if (!d.hint.empty()) out += fmt::format("  {}hint:{} {}\n", style.bold, style.off, visible(d.hint));
  return out;
}

std::string to_json(Diagnostic const& d) {
  auto const text = [](std::string_view s) { return s.empty() ? std::string("null") : quote_json(s); };
  auto const count = [](std::uint64_t n) { return n == 0 ? std::string("null") : std::to_string(n); };
  return fmt::format(
      R"({{"severity":"{}","fault":"{}","code":{},"file":{},"line":{},"column":{},"row":{},"field":{},"message":{},"hint":{}}})",
      name_of(d.severity), name_of(d.fault), quote_json(d.code), text(d.place.file), count(d.place.line),
      count(d.place.column), count(d.place.row), text(d.place.field), quote_json(d.message), text(d.hint));
}

}  // namespace yekun
