#include "output/workbook_finish.h"

#include <fmt/format.h>

#include <algorithm>

namespace yekun {

namespace {

Diagnostic problem(std::string const& path, std::string message, Fault fault = Fault::render) {
  return {Severity::error, fault, "workbook-part-refused", {path, 0, 0, 0, ""}, std::move(message)};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

/// What lies between `from` and `to`, both included, after `start`; empty if one of them is not there.
std::string_view span_of(std::string_view text, std::string_view from, std::string_view to, std::size_t start = 0) {
  auto const at = text.find(from, start);
  auto const end = at == std::string_view::npos ? at : text.find(to, at);
  return end == std::string_view::npos ? std::string_view() : text.substr(at, end + to.size() - at);
}

std::string without(std::string text, std::string_view part) {
  if (auto const at = text.find(part); !part.empty() && at != std::string::npos) text.erase(at, part.size());
  return text;
}

/// "A1:K4" -> "A1:K2000"
std::string widened(std::string head, std::uint32_t last_row) {
  std::string_view const known = span_of(head, "<dimension ref=\"", "\"/>");
  if (known.empty()) return head;
  std::string const reference(known.substr(16, known.size() - 19));
  auto const colon = reference.find(':');
  std::string const first = reference.substr(0, colon);
  std::string last = colon == std::string::npos ? first : reference.substr(colon + 1);
  last.resize(std::min(last.find_first_of("0123456789"), last.size()));
  std::size_t const at = static_cast<std::size_t>(known.data() - head.data());
  return head.replace(at, known.size(), fmt::format("<dimension ref=\"{}:{}{}\"/>", first, last, last_row));
}

}  // namespace

std::string with_line(std::string chart, std::string_view values) {
  std::string const mark = fmt::format("<c:val><c:numRef><c:f>{}</c:f>", escaped(values));
  auto const at = chart.find(mark);
  if (at == std::string::npos) return chart;
  auto const from = chart.rfind("<c:ser>", at);
  auto const to = chart.find("</c:ser>", at) + 8;
  std::string series = chart.substr(from, to - from);
  chart.erase(from, to - from);
  series = without(series, span_of(series, "<c:invertIfNegative", "/>"));
  series = without(series, span_of(series, "<c:dLbls>", "</c:dLbls>"));
  series.insert(std::min(series.find("<c:cat"), series.find("<c:val>")),
                "<c:marker><c:symbol val=\"none\"/></c:marker>");
  auto const bars_end = chart.find("</c:barChart>");
  auto const axes = chart.rfind("<c:axId", chart.rfind("<c:axId", bars_end) - 1);
  chart.insert(bars_end + 13,
               fmt::format("<c:lineChart><c:grouping val=\"standard\"/>{}<c:marker val=\"1\"/>{}</c:lineChart>", series,
                           chart.substr(axes, bars_end - axes)));
  return chart;
}

SheetFrame frame_of(std::string_view sheet, std::uint32_t first_row, std::uint32_t count) {
  SheetFrame out;
  std::string_view const row = span_of(sheet, fmt::format("<row r=\"{}\"", first_row + 1), "</row>");
  if (row.empty()) return out;
  for (auto at = row.find(" s=\""); at != std::string_view::npos; at = row.find(" s=\"", at + 4))
    out.styles.emplace_back(row.substr(at + 4, row.find('"', at + 4) - at - 4));
  auto const at = static_cast<std::size_t>(row.data() - sheet.data());
  out.head = widened(std::string(sheet.substr(0, at)), first_row + count);
  out.tail = sheet.substr(at + row.size());
  return out;
}

Diagnostics finish_workbook(std::string_view draft, WorkbookExtras const& extras, std::string const& path,
                            unsigned threads) {
  auto const parts = read_package(draft);
  if (!parts) return {problem(path, "the workbook's draft is no package", Fault::internal)};
  PackageWriter writer(path);
  for (PackagePart const& part : *parts) {
    bool const chart = part.name.starts_with("xl/charts/chart") && !extras.lines.empty();
    auto const rows = std::find_if(extras.rows.begin(), extras.rows.end(),
                                   [&](SheetRows const& one) { return one.part == part.name; });
    if (!chart && rows == extras.rows.end()) {
      writer.copy(part);
      continue;
    }
    auto content = unpack(part);
    if (!content)
      return {problem(path, fmt::format("'{}' of the draft cannot be read back", part.name), Fault::internal)};
    if (chart) {
      for (std::string const& values : extras.lines) content = with_line(*std::move(content), values);
      writer.add(part.name, *content);
      continue;
    }
    SheetFrame const frame = frame_of(*content, rows->first_row, rows->source.count);
    if (frame.styles.size() < rows->styles)
      return {problem(path, fmt::format("'{}': the draft has no row for the styles", rows->sheet), Fault::internal)};
    writer.begin(part.name);
    std::string const refused = write_rows(writer, frame.head, frame.tail, rows->source, frame.styles, threads);
    if (!refused.empty())
      return {
          problem(path, fmt::format("'{}'!{}: not a cell that Excel can hold: rows, columns or a number out of range",
                                    rows->sheet, refused))};
    writer.end();
  }
  return writer.close();
}

}  // namespace yekun
