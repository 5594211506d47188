#include "delivery/mail_table.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/utf8.h"

namespace yekun {
namespace {

constexpr double kBold = 1.08;
constexpr int kIndent = 12;  // of a row's level

/// In ems.
double width_of(std::string_view text) {
  double out = 0;
  for (char32_t const c : to_code_points(text)) {
    bool const is_georgian = c >= 0x10A0 && c <= 0x10FF;
    bool const is_cyrillic = c >= 0x0400 && c <= 0x04FF;
    out += is_georgian ? 0.63 : is_cyrillic ? 0.61 : 0.57;
  }
  return out;
}

double longest_word(std::string_view text) {
  double out = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find_first_of(" -"), text.size());
    auto const word = text.substr(0, end);
    out = std::max(out, width_of(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

struct ColumnNeed {
  double ems = 0;
  int pixels = 0;
};

ColumnNeed need_of(TableBlock const& block, std::size_t c) {
  auto const& column = block.columns[c];
  ColumnNeed out{kBold * std::max(longest_word(column.heading), longest_word(column.group)), 0};
  for (auto const& row : block.rows) {
    if (c >= row.cells.size() || (c == 0 && is_title(row))) continue;
    auto const& text = row.cells[c].text;
    double const bold = row.kind == RowKind::data ? 1.0 : kBold;
    out.ems = std::max(out.ems, bold * (column.role == ColumnRole::number ? width_of(text) : longest_word(text)));
    if (c == 0) out.pixels = std::max(out.pixels, kIndent * row.level);
  }
  return out;
}

/// "2025-Q3" of people@2025-Q3[region=Quba].
std::string_view period_of(std::string_view figure) {
  auto const at = std::min(figure.find('@'), figure.size());
  return figure.substr(at, figure.find('[') - at);
}

/// Whether columns of numbers are groups or indicators of one period: the first are named first.
bool is_of_one_period(TableBlock const& block, std::vector<std::size_t> const& columns) {
  for (auto const& row : block.rows) {
    std::vector<std::string_view> periods;
    for (auto const c : columns)
      if (c < row.cells.size() && !row.cells[c].figure.empty()) periods.push_back(period_of(row.cells[c].figure));
    if (periods.size() > 1) return std::count(periods.begin(), periods.end(), periods.front()) == std::ssize(periods);
  }
  return false;
}

/// The last column of numbers that is no total.
std::vector<std::size_t>::const_iterator last_group(TableBlock const& block, std::vector<std::size_t> const& columns) {
  auto const is_total = [&](std::size_t c) {
    return std::any_of(block.rows.begin(), block.rows.end(), [c](TableRow const& row) {
      return row.kind == RowKind::data && c < row.cells.size() && row.cells[c].emphasis;
    });
  };
  auto const found = std::find_if(columns.rbegin(), columns.rend(), [&](std::size_t c) {
    return c > 0 && block.columns[c].role == ColumnRole::number && !is_total(c);
  });
  return found == columns.rend() ? columns.end() : std::next(found).base();
}

/// The column that is missed least; end(): none may go.
std::vector<std::size_t>::const_iterator next_to_go(TableBlock const& block, std::vector<std::size_t> const& columns) {
  auto const has_role = [&](ColumnRole role) {
    return [&block, role](std::size_t c) { return c > 0 && block.columns[c].role == role; };
  };
  if (block.kind == TableKind::logframe) {
    auto const words = std::find_if(columns.rbegin(), columns.rend(), has_role(ColumnRole::text));
    if (words != columns.rend()) return std::next(words).base();
  }
  auto const is_number = has_role(ColumnRole::number);
  if (std::count_if(columns.begin(), columns.end(), is_number) < 2) return columns.end();
  if (block.kind != TableKind::indicators && block.kind != TableKind::logframe)
    return is_of_one_period(block, columns) ? last_group(block, columns)
                                            : std::find_if(columns.begin(), columns.end(), is_number);
  static constexpr std::array<std::string_view, 6> kLeast{"previous_period", "baseline",    "cumulative",
                                                          "change",          "achievement", "target"};
  for (auto const key : kLeast) {
    auto const found =
        std::find_if(columns.begin(), columns.end(), [&](std::size_t c) { return block.columns[c].key == key; });
    if (found != columns.end()) return found;
  }
  return std::find_if(columns.begin(), columns.end(),
                      [&](std::size_t c) { return is_number(c) && block.columns[c].key != "value"; });
}

}  // namespace

bool is_title(TableRow const& row) {
  return row.cells.size() > 1 && !row.cells.front().text.empty() &&
         std::all_of(row.cells.begin() + 1, row.cells.end(), [](Cell const& cell) { return cell.text.empty(); });
}

TableFit fit_table(TableBlock const& block, int room) {
  struct Size {
    int font;
    int side;
  };
  static constexpr std::array<Size, 3> kSizes{{{13, 6}, {12, 4}, {11, 3}}};
  std::vector<ColumnNeed> needs;
  for (std::size_t c = 0; c < block.columns.size(); ++c) needs.push_back(need_of(block, c));
  TableFit out;
  out.columns.resize(block.columns.size());
  std::iota(out.columns.begin(), out.columns.end(), std::size_t{0});
  auto const width = [&](Size size) {
    double sum = 0;
    for (auto const c : out.columns) sum += needs[c].ems * size.font + needs[c].pixels + 2 * size.side;
    return sum;
  };
  for (;;) {
    for (auto const size : kSizes) {
      out.font = size.font;
      out.side = size.side;
      if (width(size) <= room) return out;
    }
    auto const gone = next_to_go(block, out.columns);
    if (gone == out.columns.end()) return out;
    out.columns.erase(gone);
    ++out.left_out;
  }
}

}  // namespace yekun
