#include <fmt/format.h>

#include "output/workbook_sheets.h"
#include "reports/format.h"

namespace yekun {

namespace {

std::string sign(Status status) {
  switch (status) {
    case Status::met:
      return "● ";
    case Status::on_track:
      return "◐ ";
    case Status::behind:
      return "▲ ";
    case Status::away:
      return "▼ ";
    case Status::none:
    case Status::no_target:
      break;
  }
  return {};
}

/// The rule of status_of(), for an achievement that is a number.
Status status_at(double achievement) {
  if (achievement >= 1) return Status::met;
  if (achievement >= kOnTrack) return Status::on_track;
  return achievement >= 0 ? Status::behind : Status::away;
}

std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

void write_status(WorkbookPage& page, Sheet const& sheet, CellAt at, Status status, std::string const& text,
                  std::optional<CellAt> achievement_at, Cell const* achievement, CellStyle const& style) {
  bool const worded = status != Status::none && !text.empty();
  std::string const shown = sign(status) + (worded ? page.status(status) : text);
  bool const by_number = achievement_at && achievement != nullptr && achievement->value &&
                         achievement->value->is_value() && status_at(to_double(achievement->value->number)) == status;
  if (!by_number) return page.book.text(sheet, at, shown, style);
  auto const words = [&](Status one) { return quoted(sign(one) + page.status(one)); };
  std::string const share = fmt::format("ROUND({},9)", cell_reference(*achievement_at));
  std::string const formula = fmt::format("IF(ISNUMBER({0}),IF({1}>=1,{2},IF({1}>={3},{4},IF({1}>=0,{5},{6}))),\"\")",
                                          cell_reference(*achievement_at), share, words(Status::met), kOnTrack,
                                          words(Status::on_track), words(Status::behind), words(Status::away));
  page.book.formula(sheet, at, formula, std::string_view(shown), style);
}

void colour_statuses(WorkbookPage& page, Sheet const& sheet, CellAt first, CellAt last) {
  Theme const& theme = page.document.theme;
  std::string const cell = fmt::format("{}{}", column_letters(first.column), first.row + 1);
  for (auto const& [status, colour] : {std::pair{Status::met, theme.good}, std::pair{Status::on_track, theme.good},
                                       std::pair{Status::behind, theme.bad}, std::pair{Status::away, theme.bad}})
    page.book.colour_where(sheet, first, last, fmt::format("LEFT({},2)={}", cell, quoted(sign(status))), rgb(colour));
}

}  // namespace yekun
