#include "data-loaders/xlsx_workbook.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>

#include "core/utf8.h"
#include "data-loaders/workbook_kind.h"
#include "data-loaders/xml_reader.h"

namespace yekun {
namespace {

constexpr std::uint64_t kMostTextBytes = std::uint64_t{1} << 30;
constexpr std::size_t kMostTexts = std::size_t{1} << 26;
constexpr std::size_t kChunk = std::size_t{256} << 10;
constexpr std::size_t kMostFormats = 1'000'000;
constexpr std::size_t kMostSheets = 10'000;

std::string decoded(std::string_view raw) {
  std::string out;
  if (!decode_xml(raw, out)) return std::string(raw);
  decode_office_escapes(out);
  return to_valid_utf8(out);
}

std::uint32_t number(std::string_view text, std::uint32_t otherwise) {
  std::uint32_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

std::string folder_of(std::string_view part) {
  auto const slash = part.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(part.substr(0, slash + 1));
}

/// A relation's target as a part's name: "../a/b.xml" against "xl/worksheets/".
std::string resolve(std::string const& folder, std::string_view target) {
  std::string const joined = target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= joined.size()) {
    auto const slash = std::min(joined.find('/', from), joined.size());
    std::string piece = joined.substr(from, slash - from);
    from = slash + 1;
    if (piece == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!piece.empty() && piece != ".") {
      parts.push_back(std::move(piece));
    }
  }
  std::string out;
  for (auto const& piece : parts) out += (out.empty() ? "" : "/") + piece;
  return out;
}

std::string lowered(std::string_view text) { return lower(text); }

}  // namespace

bool SharedTexts::add(std::string_view text) {
  bytes_ += text.size();
  if (bytes_ > kMostTextBytes || texts_.size() >= kMostTexts) return false;
  if (text.empty()) {
    texts_.emplace_back();
    return true;
  }
  if (text.size() > left_) {
    left_ = std::max(kChunk, text.size());
    next_ = chunks_.emplace_back(new char[left_]).get();
  }
  std::memcpy(next_, text.data(), text.size());
  texts_.emplace_back(next_, text.size());
  next_ += text.size();
  left_ -= text.size();
  return true;
}

Read<std::shared_ptr<SharedTexts const>> SharedTexts::read(std::unique_ptr<PartStream> stream) {
  auto shared = std::make_shared<SharedTexts>();
  XmlReader xml(std::move(stream));
  std::string text;
  for (;;) {
    XmlEvent const event = xml.next();
    if (event == XmlEvent::failed) return tl::unexpected(xml.reason());
    if (event == XmlEvent::end) return shared;
    if (event != XmlEvent::open || xml.name() != "si") continue;
    text.clear();
    if (!read_rich_text(xml, text)) return tl::unexpected(xml.reason());
    if (!is_utf8(text)) text = to_valid_utf8(text);
    if (!shared->add(text)) return tl::unexpected(std::string("holds more than 1 GB of texts"));
  }
}

Read<Workbook> Workbook::open(std::string const& path) {
  auto const kind = workbook_kind(path);
  if (!kind) return tl::unexpected(kind.error());
  auto zip = ZipFile::open(path);
  if (!zip) return tl::unexpected(zip.error());
  return read(std::move(*zip));
}

Read<Workbook> Workbook::open_bytes(std::string_view bytes) {
  auto zip = ZipFile::open_bytes(bytes);
  if (!zip) return tl::unexpected(zip.error());
  return read(std::move(*zip));
}

Read<Workbook> Workbook::read(ZipFile zip) {
  Workbook book(std::move(zip));
  if (book.zip_.find("content.xml") != nullptr && book.zip_.find("xl/workbook.xml") == nullptr) {
    if (auto const done = book.read_open_document(); !done) return tl::unexpected(done.error());
    return book;
  }
  auto const main = book.main_part();
  if (!main) return tl::unexpected(main.error());
  if (book.is_by_libre_office()) book.day_count_ = DayCount::libre_office;
  if (auto const done = book.read_workbook(*main); !done) return tl::unexpected(done.error());
  return book;
}

Read<std::unique_ptr<PartStream>> Workbook::part(std::string const& name) const {
  ZipMember const* const member = zip_.find(name);
  if (member == nullptr) return tl::unexpected("is damaged: its part '" + name + "' is not there");
  return zip_.stream(*member);
}

Read<std::vector<Workbook::Relation>> Workbook::relations(std::string const& of) const {
  std::string const folder = folder_of(of);
  std::string const name = folder + "_rels/" + of.substr(folder.size()) + ".rels";
  std::vector<Relation> found;
  ZipMember const* const member = zip_.find(name);
  if (member == nullptr) return found;
  auto stream = zip_.stream(*member);
  if (!stream) return tl::unexpected(stream.error());
  XmlReader xml(std::move(*stream));
  for (;;) {
    XmlEvent const event = xml.next();
    if (event == XmlEvent::failed) return tl::unexpected(xml.reason());
    if (event == XmlEvent::end) return found;
    if (event != XmlEvent::open || xml.name() != "Relationship" || xml.attribute("TargetMode") == "External") continue;
    std::string const type = decoded(xml.attribute("Type"));
    found.push_back({decoded(xml.attribute("Id")), type.substr(type.rfind('/') + 1),
                     resolve(folder, decoded(xml.attribute("Target")))});
  }
}

Read<std::string> Workbook::main_part() const {
  auto const root = relations("");
  if (!root) return tl::unexpected(root.error());
  std::string main;
  for (auto const& one : *root)
    if (one.type == "officeDocument") main = one.target;
  if (main.empty() && zip_.find("xl/workbook.xml") != nullptr) main = "xl/workbook.xml";
  if (zip_.find("EncryptedPackage") != nullptr) return tl::unexpected(std::string("is protected by a password"));
  if (main.ends_with(".bin")) return tl::unexpected(std::string("is a binary workbook (.xlsb)"));
  if (main.empty() || zip_.find(main) == nullptr)
    return tl::unexpected(std::string("is not an Excel workbook: the zip file holds no workbook part"));
  if (main.starts_with("word/") || main.starts_with("ppt/"))
    return tl::unexpected(std::string("is not an Excel workbook: it is a document or a presentation"));
  return main;
}

/// By what the file's properties say; a file without them is Excel's.
bool Workbook::is_by_libre_office() const {
  auto const root = relations("");
  if (!root) return false;
  auto const at =
      std::find_if(root->begin(), root->end(), [](auto const& one) { return one.type == "extended-properties"; });
  if (at == root->end()) return false;
  auto stream = part(at->target);
  if (!stream) return false;
  XmlReader xml(std::move(*stream));
  for (XmlEvent event = xml.next(); event == XmlEvent::open || event == XmlEvent::close; event = xml.next()) {
    if (event != XmlEvent::open || xml.name() != "Application" || xml.empty()) continue;
    return xml.text().raw.find("LibreOffice") != std::string_view::npos;
  }
  return false;
}

Read<void> Workbook::read_workbook(std::string const& main) {
  auto const related = relations(main);
  if (!related) return tl::unexpected(related.error());
  auto stream = part(main);
  if (!stream) return tl::unexpected(stream.error());
  XmlReader xml(std::move(*stream));
  for (XmlEvent event = xml.next(); event != XmlEvent::end; event = xml.next()) {
    if (event == XmlEvent::failed) return tl::unexpected(xml.reason());
    if (event != XmlEvent::open) continue;
    if (xml.name() == "workbookPr") {
      if (is_true(xml.attribute("date1904"))) day_count_ = DayCount::from_1904;
    } else if (xml.name() == "sheet" && sheets_.size() < kMostSheets) {
      WorkbookSheet sheet;
      sheet.name = decoded(xml.attribute("name"));
      sheet.hidden = xml.attribute("state").ends_with("idden");  // hidden or veryHidden
      std::string const id = decoded(xml.attribute("id"));
      auto const at = std::find_if(related->begin(), related->end(), [&](auto const& one) { return one.id == id; });
      sheet.worksheet = at != related->end() && at->type == "worksheet";
      if (at != related->end()) sheet.part = at->target;
      sheets_.push_back(std::move(sheet));
    } else if (xml.name() == "definedName" && !xml.empty()) {
      names_.push_back(decoded(xml.attribute("name")));
      auto const text = xml.text();
      if (text.failed) return tl::unexpected(xml.reason());
      name_ranges_.push_back(text.decoded ? std::string(text.raw) : decoded(text.raw));
    }
  }
  for (auto const& one : *related) {
    if (one.type == "sharedStrings") shared_part_ = one.target;
    if (one.type == "styles" && zip_.find(one.target) != nullptr)
      if (auto done = read_formats(one.target); !done) return done;
  }
  return {};
}

Read<void> Workbook::read_formats(std::string const& name) {
  auto stream = part(name);
  if (!stream) return tl::unexpected(stream.error());
  XmlReader xml(std::move(*stream));
  std::map<std::uint32_t, NumberFormat> own;
  bool inside = false;  // <cellXfs>
  for (XmlEvent event = xml.next(); event != XmlEvent::end; event = xml.next()) {
    if (event == XmlEvent::failed) return tl::unexpected(xml.reason());
    if (xml.name() == "cellXfs") inside = event == XmlEvent::open && !xml.empty();
    if (event != XmlEvent::open) continue;
    if (own.size() >= kMostFormats || formats_.size() >= kMostFormats)
      return tl::unexpected(std::string("holds more cell formats than a workbook can"));
    if (xml.name() == "numFmt") {
      own[number(xml.attribute("numFmtId"), 0)] = classify_format(decoded(xml.attribute("formatCode")));
    } else if (inside && xml.name() == "xf") {
      std::uint32_t const id = number(xml.attribute("numFmtId"), 0);
      auto const at = own.find(id);
      formats_.push_back(at != own.end() ? at->second : classify_builtin(id));
    }
  }
  return {};
}

Read<std::shared_ptr<SharedTexts const>> Workbook::shared_texts() const {
  if (shared_part_.empty() || zip_.find(shared_part_) == nullptr) return std::make_shared<SharedTexts const>();
  auto stream = part(shared_part_);
  if (!stream) return tl::unexpected(stream.error());
  return SharedTexts::read(std::move(*stream));
}

Read<NamedRange> Workbook::read_table(std::string const& name, std::size_t sheet) const {
  auto stream = part(name);
  if (!stream) return tl::unexpected(stream.error());
  XmlReader xml(std::move(*stream));
  NamedRange table;
  table.sheet = sheet;
  for (XmlEvent event = xml.next(); event != XmlEvent::end; event = xml.next()) {
    if (event == XmlEvent::failed) return tl::unexpected(xml.reason());
    if (event != XmlEvent::open) continue;
    if (xml.name() == "table") {
      table.name = decoded(xml.attribute("displayName"));
      if (table.name.empty()) table.name = decoded(xml.attribute("name"));
      auto const range = parse_range(xml.attribute("ref"));
      if (!range) return tl::unexpected("is damaged: its table '" + table.name + "' has no range");
      table.range = *range;
      table.header_rows = number(xml.attribute("headerRowCount"), 1);
      std::uint32_t const totals = number(xml.attribute("totalsRowCount"), 0);
      if (table.range.last_row >= table.range.first_row + totals) table.range.last_row -= totals;
    } else if (xml.name() == "tableColumn") {
      table.columns.push_back(decoded(xml.attribute("name")));
    }
  }
  return table;
}

Read<std::vector<NamedRange>> Workbook::tables(std::size_t sheet) const {
  std::vector<NamedRange> found;
  auto const related = relations(sheets_[sheet].part);
  if (!related) return tl::unexpected(related.error());
  for (auto const& one : *related) {
    if (one.type != "table") continue;
    auto table = read_table(one.target, sheet);
    if (!table) return tl::unexpected(table.error());
    found.push_back(std::move(*table));
  }
  return found;
}

Read<NamedRange> Workbook::defined_range(std::size_t name) const {
  std::string_view text = name_ranges_[name];
  auto const mark = text.rfind('!');
  auto const refuse = [&] {
    return tl::unexpected("has the name '" + names_[name] + "' for '" + name_ranges_[name] +
                          "', which is not one range of one sheet");
  };
  if (mark == std::string_view::npos) return refuse();
  std::string sheet(text.substr(0, mark));
  if (sheet.starts_with('=')) sheet.erase(0, 1);
  if (sheet.size() >= 2 && sheet.front() == '\'' && sheet.back() == '\'') {
    sheet = sheet.substr(1, sheet.size() - 2);
    for (auto at = sheet.find("''"); at != std::string::npos; at = sheet.find("''", at + 1)) sheet.erase(at, 1);
  }
  auto const range = parse_range(text.substr(mark + 1));
  auto const at = std::find_if(sheets_.begin(), sheets_.end(),
                               [&](auto const& one) { return lowered(one.name) == lowered(sheet); });
  if (!range || at == sheets_.end() || !at->worksheet) return refuse();
  return NamedRange{names_[name], static_cast<std::size_t>(at - sheets_.begin()), *range};
}

Read<NamedRange> Workbook::range(std::string_view name) const {
  std::string const wanted = lowered(name);
  std::vector<std::string> there;
  for (std::size_t i = 0; i < sheets_.size(); ++i) {
    if (!sheets_[i].worksheet) continue;
    auto const found = open_document_ ? std::vector<NamedRange>() : tables(i);
    if (!found) return tl::unexpected(found.error());
    for (auto const& table : *found) {
      if (lowered(table.name) == wanted) return table;
      there.push_back(table.name);
    }
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (lowered(names_[i]) == wanted) return defined_range(i);
    if (!names_[i].starts_with("_xlnm.")) there.push_back(names_[i]);
  }
  std::string list;
  for (std::size_t i = 0; i < there.size() && i < 8; ++i) list += (i == 0 ? "'" : ", '") + there[i] + "'";
  return tl::unexpected("has no table or named range '" + std::string(name) + "'" +
                        (list.empty() ? "; it has none at all" : "; it has " + list));
}

}  // namespace yekun
