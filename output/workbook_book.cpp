#include "output/workbook_book.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "core/utf8.h"

namespace yekun {

namespace {

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (char32_t const c : to_code_points(text)) units += c > 0xFFFF ? 2 : 1;
  return units;
}

std::string cut_utf16(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t units = 0;
  for (char32_t const c : to_code_points(text)) {
    units += c > 0xFFFF ? 2 : 1;
    if (units > most) break;
    out += to_utf8(c);
  }
  return out;
}

std::uint8_t align_of(Side side) {
  switch (side) {
    case Side::left:
      return LXW_ALIGN_LEFT;
    case Side::right:
      return LXW_ALIGN_RIGHT;
    case Side::centre:
      return LXW_ALIGN_CENTER;
  }
  return LXW_ALIGN_LEFT;
}

constexpr std::uint32_t kRule = 0xB8C2CC;
constexpr std::size_t kMostLinks = 65'530;    // of a sheet
constexpr std::uint8_t kShortDateIndex = 14;  // Excel writes it as the reader's own locale does
constexpr std::size_t kLongestAlt = 600;  // characters: libxlsxwriter cuts at 2,079 bytes, in the middle of a letter

std::optional<std::string> read_draft(int descriptor) {
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0) return {};
  std::string out(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t done = 0;
  while (done < out.size()) {
    ssize_t const got = pread(descriptor, out.data() + done, out.size() - done, static_cast<off_t>(done));
    if (got <= 0) return {};
    done += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace

std::uint32_t rgb(Colour colour) {
  return static_cast<std::uint32_t>(colour.red << 16 | colour.green << 8 | colour.blue);
}

std::string cell_reference(CellAt at) { return fmt::format("${}${}", column_letters(at.column), at.row + 1); }

std::string cell_reference(std::string const& sheet, CellAt at) {
  std::string quoted;
  for (char const c : sheet) quoted += c == '\'' ? "''" : std::string(1, c);
  return fmt::format("'{}'!{}", quoted, cell_reference(at));
}

std::string range_reference(std::string const& sheet, CellAt first, CellAt last) {
  return cell_reference(sheet, first) + ":" + cell_reference(last);
}

std::string sheet_name(std::string_view wished) {
  std::string name;
  for (char const c : to_valid_utf8(wished))
    name += std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20 ? ' '
                                                                                                                   : c;
  name = clean(name);
  if (std::string const whole = name; utf16_units(whole) > 31) {
    name = cut_utf16(whole, 31);
    auto const space = name.rfind(' ');  // whole words, where that leaves enough of it
    if (whole[name.size()] != ' ' && space != std::string::npos && space >= 12) name.resize(space);
  }
  while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.erase(0, 1);
  while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.pop_back();
  if (name.empty()) return "Sheet";
  return lower(name) == "history" ? name + "_" : name;
}

Book::Book(std::string const& path, Date created, std::string const& font, unsigned threads)
    : path_(path), font_(font), threads_(threads), draft_(memfd_create("workbook", MFD_CLOEXEC)) {
  // libxlsxwriter takes a file's name only, and prints where it cannot open it: asked here first.
  std::string const draft = fmt::format("/proc/self/fd/{}", draft_);
  std::FILE* const file = std::fopen(path.c_str(), "ab");
  if (file != nullptr) std::fclose(file);
  if (file != nullptr && access(draft.c_str(), W_OK) == 0) book_ = workbook_new(draft.c_str());
  if (book_ == nullptr) {
    errors_.push_back({Severity::error,
                       Fault::render,
                       "workbook-not-created",
                       {path, 0, 0, 0, ""},
                       "the workbook cannot be created",
                       "is the folder there, and may it be written to?"});
    return;
  }
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(created.days) * 86400;
  workbook_set_properties(book_, &properties);
}

Book::~Book() {
  if (book_ != nullptr) workbook_close(book_);
  if (draft_ >= 0) ::close(draft_);
}

Sheet Book::add_sheet(std::string_view wished) {
  std::string const base = sheet_name(wished);
  std::string name = base;
  auto taken = [&](std::string const& n) {
    return std::any_of(names_.begin(), names_.end(),
                       [&](std::string const& other) { return lower(other) == lower(n); });
  };
  for (int number = 2; taken(name); ++number) {
    std::string const tail = fmt::format(" {}", number);
    name = cut_utf16(base, 31 - tail.size()) + tail;
  }
  names_.push_back(name);
  if (book_ == nullptr) return {nullptr, name, names_.size()};
  Sheet sheet{workbook_add_worksheet(book_, name.c_str()), name, names_.size()};
  if (sheet.handle == nullptr) check(LXW_ERROR_PARAMETER_VALIDATION, fmt::format("sheet '{}'", name));
  return sheet;
}

lxw_format* Book::format(CellStyle const& style) {
  auto const known = formats_.find(style);
  if (known != formats_.end()) return known->second;
  lxw_format* format = workbook_add_format(book_);
  format_set_font_name(format, font_.c_str());
  format_set_font_size(format, style.size);
  format_set_font_color(format, style.colour);
  if (style.bold) format_set_bold(format);
  if (style.italic) format_set_italic(format);
  if (style.link) format_set_underline(format, LXW_UNDERLINE_SINGLE);
  if (style.wrap) format_set_text_wrap(format);
  if (style.fill) format_set_bg_color(format, *style.fill);
  if (style.fill) format_set_pattern(format, LXW_PATTERN_SOLID);
  if (style.rule_above) format_set_top(format, LXW_BORDER_THIN);
  if (style.rule_above) format_set_top_color(format, kRule);
  if (style.rule_below) format_set_bottom(format, LXW_BORDER_THIN);
  if (style.rule_below) format_set_bottom_color(format, kRule);
  if (style.indent > 0) format_set_indent(format, static_cast<std::uint8_t>(std::min(style.indent, 15)));
  format_set_align(format, align_of(style.side));
  format_set_align(format,
                   style.top || (style.wrap && !style.fill) ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
  if (style.number_format == kShortDate)
    format_set_num_format_index(format, kShortDateIndex);
  else if (!style.number_format.empty())
    format_set_num_format(format, style.number_format.c_str());
  formats_.emplace(style, format);
  return format;
}

std::string Book::place(Sheet const& sheet, CellAt at) const { return cell_reference(sheet.name, at); }

void Book::check(int code, std::string const& what) {
  if (code == LXW_NO_ERROR) return;
  errors_.push_back({Severity::error,
                     Fault::render,
                     "workbook-part-refused",
                     {path_, 0, 0, 0, ""},
                     fmt::format("{}: {}", what, lxw_strerror(static_cast<lxw_error>(code)))});
}

void Book::text(Sheet const& sheet, CellAt at, std::string_view text, CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  check(worksheet_write_string(sheet.handle, at.row, at.column, cell_text(text).c_str(), format(style)),
        place(sheet, at));
}

void Book::number(Sheet const& sheet, CellAt at, double value, CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  if (!std::isfinite(value)) return check(LXW_ERROR_PARAMETER_VALIDATION, place(sheet, at));
  check(worksheet_write_number(sheet.handle, at.row, at.column, value, format(style)), place(sheet, at));
}

void Book::blank(Sheet const& sheet, CellAt at, CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  check(worksheet_write_blank(sheet.handle, at.row, at.column, format(style)), place(sheet, at));
}

void Book::formula(Sheet const& sheet, CellAt at, std::string const& formula, double cached, CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  if (!std::isfinite(cached)) return check(LXW_ERROR_PARAMETER_VALIDATION, place(sheet, at));
  check(worksheet_write_formula_num(sheet.handle, at.row, at.column, ("=" + formula).c_str(), format(style), cached),
        place(sheet, at));
}

void Book::formula(Sheet const& sheet, CellAt at, std::string const& formula, std::string_view cached,
                   CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  check(worksheet_write_formula_str(sheet.handle, at.row, at.column, ("=" + formula).c_str(), format(style),
                                    cell_text(cached).c_str()),
        place(sheet, at));
}

void Book::link(Sheet const& sheet, CellAt at, std::string const& target_sheet, std::string_view words,
                CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  std::string const url = "internal:" + cell_reference(target_sheet, {0, 0});
  // Counted here: the library lets one more than Excel holds pass, and prints a warning at the next.
  if (links_[sheet.number]++ < kMostLinks)
    check(worksheet_write_url(sheet.handle, at.row, at.column, url.c_str(), format(style)), place(sheet, at));
  text(sheet, at, words, style);
}

void Book::merge(Sheet const& sheet, CellAt first, CellAt last, std::string_view words, CellStyle const& style) {
  if (sheet.handle == nullptr) return;
  if (first.row == last.row && first.column == last.column) return text(sheet, first, words, style);
  check(worksheet_merge_range(sheet.handle, first.row, first.column, last.row, last.column, cell_text(words).c_str(),
                              format(style)),
        place(sheet, first));
}

namespace {

bool table_headings(std::vector<std::string> const& headings) {
  std::set<std::string> known;
  return std::all_of(headings.begin(), headings.end(), [&](std::string const& heading) {
    bool const plain = !heading.empty() && heading.size() <= 250 && heading.find_first_of("\n\t") == std::string::npos;
    return plain && known.insert(lower(heading)).second;
  });
}

}  // namespace

void Book::table(Sheet const& sheet, std::string const& name, CellAt heading, std::uint32_t rows,
                 std::vector<std::string> const& headings, std::vector<CellStyle> const& styles) {
  if (sheet.handle == nullptr || headings.empty()) return;
  auto const at = [&](std::size_t i) { return CellAt{heading.row, static_cast<std::uint16_t>(heading.column + i)}; };
  for (std::size_t i = 0; i < headings.size(); ++i) text(sheet, at(i), headings[i], styles[i]);
  if (rows == 0) return;
  CellAt const last{heading.row + rows, at(headings.size() - 1).column};
  if (!table_headings(headings)) {
    check(worksheet_autofilter(sheet.handle, heading.row, heading.column, last.row, last.column), sheet.name);
    return;
  }
  std::vector<std::string> texts;
  for (std::string const& one : headings) texts.push_back(cell_text(one));
  std::vector<lxw_table_column> columns(headings.size());
  std::vector<lxw_table_column*> pointers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].header = texts[i].data();
    columns[i].header_format = format(styles[i]);
    pointers.push_back(&columns[i]);
  }
  pointers.push_back(nullptr);
  lxw_table_options options{};
  std::string table_name = name;
  options.name = table_name.data();
  options.columns = pointers.data();
  options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;  // with number 0: none, the cells have their own
  check(worksheet_add_table(sheet.handle, heading.row, heading.column, last.row, last.column, &options), sheet.name);
}

void Book::picture(Sheet const& sheet, CellAt at, std::string const& png, double points_high,
                   std::string_view description) {
  if (sheet.handle == nullptr || png.size() < 24) return;
  unsigned pixels = 0;
  for (std::size_t i = 20; i < 24; ++i) pixels = pixels << 8U | static_cast<unsigned char>(png[i]);  // of its header
  if (pixels == 0) return;
  std::string alt(first_code_points(cell_text(description), kLongestAlt));
  lxw_image_options options{};
  options.y_scale = points_high / 0.75 / pixels;
  options.x_scale = options.y_scale;
  options.description = alt.data();
  check(worksheet_insert_image_buffer_opt(sheet.handle, at.row, at.column,
                                          reinterpret_cast<unsigned char const*>(png.data()), png.size(), &options),
        place(sheet, at));
}

void Book::colour_where(Sheet const& sheet, CellAt first, CellAt last, std::string const& formula,
                        std::uint32_t colour) {
  if (sheet.handle == nullptr) return;
  auto& format = colours_[colour];
  if (format == nullptr) {
    format = workbook_add_format(book_);
    format_set_font_color(format, colour);
  }
  std::string criteria = "=" + formula;
  lxw_conditional_format rule{};
  rule.type = LXW_CONDITIONAL_TYPE_FORMULA;
  rule.value_string = criteria.data();
  rule.format = format;
  check(worksheet_conditional_format_range(sheet.handle, first.row, first.column, last.row, last.column, &rule),
        place(sheet, first));
}

void Book::share_bars(Sheet const& sheet, CellAt first, CellAt last, std::uint32_t colour) {
  if (sheet.handle == nullptr) return;
  lxw_conditional_format rule{};
  rule.type = LXW_CONDITIONAL_DATA_BAR;
  rule.data_bar_2010 = LXW_TRUE;
  rule.bar_solid = LXW_TRUE;
  rule.bar_color = colour;
  rule.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  rule.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  rule.max_value = 1;
  check(worksheet_conditional_format_range(sheet.handle, first.row, first.column, last.row, last.column, &rule),
        place(sheet, first));
}

void Book::comment(Sheet const& sheet, CellAt at, std::string_view words) {
  if (sheet.handle == nullptr) return;
  check(worksheet_write_comment(sheet.handle, at.row, at.column, cell_text(words).c_str()), place(sheet, at));
}

void Book::row_height(Sheet const& sheet, std::uint32_t row, double points) {
  if (sheet.handle == nullptr) return;
  check(worksheet_set_row(sheet.handle, row, points, nullptr), fmt::format("row {}", row + 1));
}

void Book::column_width(Sheet const& sheet, std::uint16_t first, std::uint16_t last, double characters) {
  if (sheet.handle == nullptr) return;
  check(worksheet_set_column(sheet.handle, first, last, std::min(characters, 250.0), nullptr),
        fmt::format("column {}", first + 1));
}

void Book::open_at(Sheet const& sheet) {
  if (sheet.handle != nullptr) worksheet_activate(sheet.handle);
}

void Book::define_name(std::string const& name, std::string const& reference) {
  if (book_ == nullptr) return;
  check(workbook_define_name(book_, name.c_str(), ("=" + reference).c_str()), fmt::format("name '{}'", name));
}

void Book::rows(Sheet const& sheet, std::uint32_t first_row, std::vector<CellStyle> const& styles, RowSource source) {
  if (sheet.handle == nullptr || source.count == 0) return;
  // The row that shows what numbers the library gives to the styles; the rows take its place.
  for (std::size_t i = 0; i < styles.size(); ++i) blank(sheet, {first_row, static_cast<std::uint16_t>(i)}, styles[i]);
  extras_.rows.push_back({fmt::format("xl/worksheets/sheet{}.xml", sheet.number), sheet.name, first_row, styles.size(),
                          std::move(source)});
}

void Book::draw_as_line(std::string const& values) { extras_.lines.push_back(values); }

Diagnostics Book::close() {
  if (book_ == nullptr) return std::move(errors_);
  check(workbook_close(book_), "the file");
  book_ = nullptr;
  if (!errors_.empty()) return std::move(errors_);
  auto const draft = read_draft(draft_);
  if (!draft)
    return {{Severity::error,
             Fault::internal,
             "workbook-not-read",
             {path_, 0, 0, 0, ""},
             "the workbook's draft cannot be read back"}};
  return finish_workbook(*draft, extras_, path_, threads_);
}

}  // namespace yekun
