#include "data-loaders/ods_content.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "data-loaders/xml_reader.h"

namespace yekun {
namespace {

constexpr int kInSpreadsheet = 4;  // depth inside a child of <office:spreadsheet>
constexpr std::size_t kMostSheets = 10'000;

std::string decoded(std::string_view raw) {
  std::string out;
  return decode_xml(raw, out) ? out : std::string(raw);
}

/// "$'My sheet'.$A$1:.$D$9" as "'My sheet'!$A$1:$D$9"; as it is where it has another form.
std::string excel_range(std::string const& address) {
  std::string_view rest = address;
  if (rest.starts_with('$')) rest.remove_prefix(1);
  std::size_t dot = rest.find('.');
  if (rest.starts_with('\'')) {
    std::size_t close = rest.find('\'', 1);
    while (close != std::string_view::npos && rest.substr(close + 1).starts_with('\''))
      close = rest.find('\'', close + 2);
    if (close == std::string_view::npos) return address;
    dot = close + 1;
  }
  if (dot >= rest.size() || rest[dot] != '.') return address;
  std::string const sheet(rest.substr(0, dot));
  std::string_view const cells = rest.substr(dot + 1);
  std::size_t const colon = cells.find(':');
  if (colon == std::string_view::npos) return sheet + "!" + std::string(cells);
  std::string_view last = cells.substr(colon + 1);
  if (std::size_t const at = last.rfind('.'); at != std::string_view::npos) last.remove_prefix(at + 1);
  return sheet + "!" + std::string(cells.substr(0, colon)) + ":" + std::string(last);
}

class ContentReader {
 public:
  explicit ContentReader(XmlReader& xml) : xml_(xml) {}

  Read<OdsContent> run() {
    for (XmlEvent event = xml_.next(); event != XmlEvent::end; event = xml_.next()) {
      if (event == XmlEvent::failed) return tl::unexpected(xml_.reason());
      if (event == XmlEvent::open && !element()) return tl::unexpected(xml_.reason());
    }
    if (content_.sheets.empty()) return tl::unexpected(std::string("holds no sheet"));
    return std::move(content_);
  }

 private:
  bool element() {
    std::string_view const name = xml_.name();
    if (name == "style") {
      style_ = decoded(xml_.attribute("name"));
    } else if (name == "table-properties" && xml_.attribute("display") == "false") {
      hidden_[style_] = true;
    } else if (name == "named-range") {
      content_.names.emplace_back(decoded(xml_.attribute("name")),
                                  excel_range(decoded(xml_.attribute("cell-range-address"))));
    } else if (name == "database-range") {
      content_.names.emplace_back(decoded(xml_.attribute("name")),
                                  excel_range(decoded(xml_.attribute("target-range-address"))));
    } else if (name == "table" && xml_.depth() == kInSpreadsheet && !xml_.empty()) {
      if (content_.sheets.size() >= kMostSheets) return xml_.fail("holds more sheets than a workbook can"), false;
      content_.sheets.push_back({.name = decoded(xml_.attribute("name")),
                                 .part = "content.xml",
                                 .hidden = hidden_.contains(decoded(xml_.attribute("style-name")))});
    } else if (name == "table-row" || (xml_.depth() == kInSpreadsheet && name == "tracked-changes")) {
      return xml_.empty() || xml_.skip();
    }
    return true;
  }

  XmlReader& xml_;
  OdsContent content_;
  std::string style_;
  std::map<std::string, bool> hidden_;
};

struct OdsCell {
  std::uint32_t column = 0;
  std::uint32_t repeated = 1;
  CellKind kind = CellKind::absent;
  bool formula = false;
  std::string value;
};

/// "PT08H30M00S" as "08:30:00"; as it is where it is something else.
std::string time_text(std::string_view duration) {
  if (!duration.starts_with("PT")) return std::string(duration);
  std::string out;
  std::string part;
  for (char const c : duration.substr(2)) {
    if (c == 'H' || c == 'M' || c == 'S') {
      if (part.size() < 2) part.insert(0, 2 - part.size(), '0');
      out += (out.empty() ? "" : ":") + part;
      part.clear();
    } else {
      part += c;
    }
  }
  return out;
}

class SheetReader {
 public:
  SheetReader(XmlReader& xml, SheetHandler& handler, std::vector<CellRange>* merges)
      : xml_(xml), handler_(handler), merges_(merges) {}

  Read<SheetFacts> run(std::size_t index) {
    std::size_t at = 0;
    for (XmlEvent event = xml_.next(); event != XmlEvent::end; event = xml_.next()) {
      if (event == XmlEvent::failed) return tl::unexpected(xml_.reason());
      if (event != XmlEvent::open || xml_.empty() || xml_.depth() != kInSpreadsheet) continue;
      if (xml_.name() == "table" && at++ == index) {
        if (!table()) return tl::unexpected(xml_.reason());
        return facts_;
      }
      if (!xml_.skip()) return tl::unexpected(xml_.reason());
    }
    return tl::unexpected(std::string("is damaged: a sheet is not there"));
  }

 private:
  static constexpr std::uint64_t kMostRepeated = 10'000'000;
  static constexpr std::size_t kMostRowBytes = std::size_t{64} << 20;

  std::uint64_t repeats(std::string_view attribute) const {
    std::string_view const text = xml_.attribute(attribute);
    std::uint64_t count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return std::clamp<std::uint64_t>(count, 1, kMostSheetRows);
  }

  enum class Next { child, end, broken };
  /// To the next element inside the one whose content is at depth `inside`, or to its end tag.
  Next next_inside(int inside) {
    for (;;) {
      XmlEvent const event = xml_.next();
      if (event == XmlEvent::failed || event == XmlEvent::end) return Next::broken;
      if (event == XmlEvent::open) return Next::child;
      if (xml_.depth() < inside) return Next::end;
    }
  }

  bool table() {
    while (!stopped_) {
      Next const next = next_inside(kInSpreadsheet);
      if (next != Next::child) return next == Next::end;
      std::string_view const name = xml_.name();
      if (name == "table-column") {
        if (!xml_.attribute("visibility").empty() && xml_.attribute("visibility") != "visible")
          facts_.hidden_columns += repeats("number-columns-repeated");
        continue;
      }
      if (name == "table-row") {
        if (!row()) return false;
        continue;
      }
      bool const group =
          name.starts_with("table-row") || name.starts_with("table-header") || name.starts_with("table-column");
      if (!group && !xml_.empty() && !xml_.skip()) return false;
    }
    return true;
  }

  bool row() {
    std::uint64_t const times = repeats("number-rows-repeated");
    std::string_view const visibility = xml_.attribute("visibility");
    bool const hidden = !visibility.empty() && visibility != "visible";
    bool const empty = xml_.empty();
    cells_.clear();
    row_bytes_ = 0;
    if (!empty && !cells()) return false;
    if (cells_.empty()) {
      row_ += times;
      return true;
    }
    for (std::uint64_t i = 0; i < times && !stopped_; ++i)
      if (!emit(i > 0, hidden)) return false;
    return true;
  }

  bool cells() {
    int const inside = xml_.depth();
    std::uint64_t column = 0;
    for (;;) {
      Next const next = next_inside(inside);
      if (next != Next::child) return next == Next::end;
      if (xml_.name() != "table-cell" && xml_.name() != "covered-table-cell") {
        if (!xml_.empty() && !xml_.skip()) return false;
        continue;
      }
      std::uint64_t const repeated = repeats("number-columns-repeated");
      OdsCell cell;
      cell.column = static_cast<std::uint32_t>(std::min<std::uint64_t>(column, kMostSheetColumns));
      cell.repeated = static_cast<std::uint32_t>(std::min(repeated, kMostSheetColumns - std::uint64_t{cell.column}));
      column += repeated;
      note_merge(cell.column);
      if (!read_cell(cell)) return false;
    }
  }

  void note_merge(std::uint32_t column) {
    if (merges_ == nullptr || column >= kMostSheetColumns) return;
    std::uint64_t const rows = repeats("number-rows-spanned");
    std::uint64_t const columns =
        std::min<std::uint64_t>(repeats("number-columns-spanned"), kMostSheetColumns - column);
    if (rows * columns > 1)
      merges_->push_back({row_ + 1, row_ + rows, column, static_cast<std::uint32_t>(column + columns - 1)});
  }

  bool is_error() const {
    return std::any_of(xml_.attributes().begin(), xml_.attributes().end(),
                       [](auto const& one) { return one.name == "value-type" && one.value == "error"; });
  }

  /// By its attributes; false: the text inside decides.
  bool typed(OdsCell& cell, std::string_view type) const {
    if (type == "float" || type == "currency" || type == "percentage") {
      cell.kind = CellKind::number;
      cell.value = xml_.attribute("value");
    } else if (type == "date") {
      cell.kind = CellKind::iso_date;
      cell.value = xml_.attribute("date-value");
    } else if (type == "time") {
      cell.kind = CellKind::iso_date;
      cell.value = time_text(xml_.attribute("time-value"));
    } else if (type == "boolean") {
      cell.kind = CellKind::boolean;
      cell.value = xml_.attribute("boolean-value");
    } else {
      return false;
    }
    return true;
  }

  bool read_cell(OdsCell& cell) {
    std::string_view const type = xml_.attribute("value-type");
    bool const plain_type = !type.empty();
    static_cast<void>(xml_.attribute("formula", &cell.formula));
    bool const error = is_error();
    bool given = !error && typed(cell, type);
    if (!given && !error) cell.value = decoded(xml_.attribute("string-value"));
    bool const has_text = given || !cell.value.empty();
    if (!given) cell.kind = error ? CellKind::error : CellKind::text;
    if (!xml_.empty() && !(has_text ? xml_.skip() : paragraphs(cell.value))) return false;
    if (cell.value.empty()) {
      if (!cell.formula || plain_type) return true;
      cell.kind = CellKind::absent;
    }
    row_bytes_ += cell.value.size();
    if (row_bytes_ > kMostRowBytes) return xml_.fail("holds a row of more than 64 MB"), false;
    if (cell.column < kMostSheetColumns) cells_.push_back(std::move(cell));
    return true;
  }

  /// The text of <text:p> children, until the cell's end tag; notes and drawings are passed over.
  bool paragraphs(std::string& out) {
    int const inside = xml_.depth();
    bool first = true;
    for (;;) {
      Next const next = next_inside(inside);
      if (next != Next::child) return next == Next::end;
      if (xml_.name() != "p") {
        if (!xml_.empty() && !xml_.skip()) return false;
        continue;
      }
      if (!first) out += '\n';
      first = false;
      if (!xml_.empty() && !paragraph(out)) return false;
    }
  }

  bool paragraph(std::string& out) {
    int const inside = xml_.depth();
    while (xml_.text_to_tag(out)) {
      XmlEvent const event = xml_.next();
      if (event == XmlEvent::failed || event == XmlEvent::end) return false;
      if (event == XmlEvent::close) {
        if (xml_.depth() < inside) return true;
        continue;
      }
      std::string_view const name = xml_.name();
      if (name == "s") out.append(std::min<std::uint64_t>(repeats("c"), 65'536), ' ');
      if (name == "tab") out += '\t';
      if (name == "line-break") out += '\n';
      bool const drawn = name == "annotation" || name == "frame" || name == "ruby-text";
      if (drawn && !xml_.empty() && !xml_.skip()) return false;
      if (out.size() > kMostRowBytes) return xml_.fail("holds a row of more than 64 MB"), false;
    }
    return false;
  }

  bool emit(bool again, bool hidden) {
    ++row_;
    for (auto const& one : cells_) {
      repeated_ += again ? one.repeated : one.repeated - 1;
      if (repeated_ > kMostRepeated) return xml_.fail("repeats more than ten million cells"), false;
      SheetCell cell;
      cell.kind = one.kind;
      cell.formula = one.formula;
      cell.value = one.value;
      for (std::uint32_t i = 0; i < one.repeated && !stopped_; ++i) {
        cell.column = one.column + i;
        stopped_ = !handler_.cell(row_, cell);
      }
      if (stopped_) return true;
    }
    stopped_ = !handler_.row_end(row_, hidden);
    return true;
  }

  XmlReader& xml_;
  SheetHandler& handler_;
  std::vector<CellRange>* merges_;
  SheetFacts facts_;
  std::vector<OdsCell> cells_;
  std::size_t row_bytes_ = 0;
  std::uint64_t row_ = 0;  // the last that came
  std::uint64_t repeated_ = 0;
  bool stopped_ = false;
};

class IgnoreCells final : public SheetHandler {
 public:
  bool wants(std::uint32_t) const override { return false; }
  bool cell(std::uint64_t, SheetCell const&) override { return true; }
  bool row_end(std::uint64_t, bool) override { return true; }
};

}  // namespace

Read<OdsContent> read_ods_content(std::unique_ptr<PartStream> stream) {
  XmlReader xml(std::move(stream));
  return ContentReader(xml).run();
}

Read<SheetFacts> read_ods_sheet(std::unique_ptr<PartStream> stream, std::size_t index, SheetHandler& handler) {
  XmlReader xml(std::move(stream));
  return SheetReader(xml, handler, nullptr).run(index);
}

Read<std::vector<CellRange>> read_ods_merges(std::unique_ptr<PartStream> stream, std::size_t index) {
  XmlReader xml(std::move(stream));
  IgnoreCells handler;
  std::vector<CellRange> merges;
  auto const done = SheetReader(xml, handler, &merges).run(index);
  if (!done) return tl::unexpected(done.error());
  return merges;
}

}  // namespace yekun
