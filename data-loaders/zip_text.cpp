#include "data-loaders/zip_text.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "data-loaders/wanted_columns.h"
#include "data-loaders/zip_file.h"

namespace yekun {
namespace {

constexpr std::array<std::string_view, 4> kEndings{".csv", ".tsv", ".tab", ".txt"};

bool is_table(std::string const& member) {
  std::string const name = lower(member);
  if (name.starts_with("__macosx/") || file_name(name).starts_with('.')) return false;
  return std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return name.ends_with(ending); });
}

std::string stem(std::string const& member) { return member.substr(0, member.rfind('.')); }

/// A member's bytes, with the zip file that holds it.
class ZipTable final : public ByteStream {
 public:
  ZipTable(std::unique_ptr<ZipFile> zip, std::unique_ptr<PartStream> part, std::string name)
      : zip_(std::move(zip)), part_(std::move(part)), name_(std::move(name)) {}
  Result<std::size_t> read(std::span<char> room) override {
    auto const count = part_->read(room);
    if (!count) return failure(unreadable(name_, count.error()));
    return *count;
  }

 private:
  std::unique_ptr<ZipFile> zip_;  // outlives the part
  std::unique_ptr<PartStream> part_;
  std::string name_;
};

std::vector<std::string> tables_of(ZipFile const& zip) {
  std::vector<std::string> tables;
  for (auto const& member : zip.members())
    if (is_table(member.name)) tables.push_back(member.name);
  return tables;
}

}  // namespace

bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"); }

Read<std::vector<std::string>> zip_tables(std::string const& path) {
  auto const zip = ZipFile::open(path);
  if (!zip) return tl::unexpected(zip.error());
  return tables_of(*zip);
}

Read<std::string> choose_table(std::vector<std::string> const& tables, std::string_view wanted) {
  if (tables.empty()) return tl::unexpected(std::string("is a zip file without text tables (.csv, .tsv, .txt)"));
  std::string list;
  for (auto const& table : tables) list += (list.empty() ? "'" : ", '") + table + "'";
  std::string const asked = lower(wanted);
  for (auto const& table : tables) {
    std::string const name = lower(table);
    if (!asked.empty() && (asked == name || asked == file_name(name) || asked == stem(file_name(name)))) return table;
  }
  if (!asked.empty()) return tl::unexpected("has no table '" + std::string(wanted) + "'; its tables are " + list);
  auto const shortest =
      std::min_element(tables.begin(), tables.end(), [](auto const& a, auto const& b) { return a.size() < b.size(); });
  bool const is_main = std::all_of(tables.begin(), tables.end(), [&](auto const& table) {
    return table == *shortest || table.starts_with(stem(*shortest) + "-");
  });
  if (!is_main) return tl::unexpected("holds several tables; name one by \"sheet\": " + list);
  return *shortest;
}

Result<std::unique_ptr<ByteStream>> open_zip_table(std::string const& path, std::string const& name,
                                                   std::string_view wanted) {
  auto opened = ZipFile::open(path);
  if (!opened) return failure(unreadable(name, opened.error()));
  auto zip = std::make_unique<ZipFile>(std::move(*opened));
  auto const table = choose_table(tables_of(*zip), wanted);
  if (!table) return failure(unreadable(name, table.error()));
  auto part = zip->stream(*zip->find(*table));
  if (!part) return failure(unreadable(name, part.error()));
  return std::make_unique<ZipTable>(std::move(zip), std::move(*part), name);
}

}  // namespace yekun
