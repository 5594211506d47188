#include <fmt/format.h>

#include "reports/programme_parts.h"

namespace yekun {
namespace {

constexpr Word<Format> kFormats[] = {
    {"csv", Format::csv},   {"tsv", Format::tsv},       {"xlsx", Format::xlsx},     {"ods", Format::ods},
    {"json", Format::json}, {"ndjson", Format::ndjson}, {"sqlite", Format::sqlite}, {"postgres", Format::postgres}};

constexpr Word<SqlServer> kServers[] = {{"postgresql", SqlServer::postgresql}, {"citus", SqlServer::citus}};
constexpr Word<bool> kComputes[] = {{"anywhere", false}, {"database", true}};

/// One ASCII character.
void parse_character(ObjectReader& reader, std::string_view key, std::optional<char>& out) {
  std::string written;
  auto const* node = reader.text(key, written);
  if (node == nullptr) return;
  if (written.size() == 1 && static_cast<unsigned char>(written.front()) < 0x80)
    out = written.front();
  else
    reader.notes().error(node->place, "bad-character",
                         fmt::format("'{}' must be one character, found '{}'", key, written));
}

void parse_text(ObjectReader& reader, std::string_view key, std::optional<std::string>& out) {
  std::string written;
  if (reader.text(key, written) != nullptr) out = written;
}

void parse_count(ObjectReader& reader, std::string_view key, std::optional<std::uint32_t>& out) {
  std::int64_t count = 0;
  if (reader.whole(key, 0, 1000, count) != nullptr) out = static_cast<std::uint32_t>(count);
}

void parse_dialect(ObjectReader& reader, Dialect& out) {
  parse_character(reader, "separator", out.separator);
  parse_character(reader, "quote", out.quote);
  parse_character(reader, "escape", out.escape);
  parse_text(reader, "encoding", out.encoding);
  parse_text(reader, "comment", out.comment);
  static constexpr Word<char> kMarks[] = {{".", '.'}, {",", ','}};
  char mark = 0;
  if (reader.choice<char>("decimal", mark, kMarks) != nullptr) out.decimal = mark;
  parse_text(reader, "thousands", out.thousands);
  parse_count(reader, "skip", out.skip);
  parse_count(reader, "header", out.header_rows);
}

void parse_timeout(ObjectReader& reader, SourceSpec& out) {
  std::int64_t seconds = 0;
  if (reader.whole("timeout", 1, 86400, seconds) != nullptr) out.timeout_seconds = static_cast<std::uint32_t>(seconds);
}

/// A source has files or a connection, one way of naming files, and no password.
void check_source(ObjectReader& reader, SourceSpec& source, bool both) {
  auto& notes = reader.notes();
  auto const& place = reader.node().place;
  if (both) notes.error(place, "two-ways", "a source has 'file' or 'files', not both");
  if (source.files.empty() && source.connection.empty() && reader.is_object() &&
      reader.node().find("file") == nullptr && reader.node().find("files") == nullptr &&
      reader.node().find("connection") == nullptr)
    notes.error(place, "missing-key", "a source needs 'file', 'files' or 'connection'");
  bool const is_database = reader.node().find("connection") != nullptr;
  if (source.computes_there && !is_database) {
    notes.error(reader.node().find("compute")->place, "not-a-database",
                "'compute' says that a database computes, and the source is no 'connection'",
                "rows of files are always read: leave 'compute' out");
    source.computes_there = false;
  }
  if (is_database && !source.files.empty())
    notes.error(place, "two-ways", "a source has files or a 'connection', not both");
  if (is_database && source.table.empty() && source.query.empty()) {
    notes.error(place, "missing-key", "a 'connection' needs 'table' or 'query'");
    source.connection.clear();  // it is never opened
  }
  if (!source.table.empty() && !source.query.empty())
    notes.error(place, "two-ways", "a source has 'table' or 'query', not both");
  if (!holds_secret(source.connection)) return;
  notes.error(reader.node().find("connection")->place, "secret-in-spec", "a connection must not hold a password",
              "name a service, or let the environment give the password");
  source.connection.clear();
}

}  // namespace

SourceSpec parse_source(JsonNode const& node, SpecNotes& notes) {
  SourceSpec out;
  out.place = node.place;
  if (node.kind == JsonKind::string || node.kind == JsonKind::array) {
    read_texts(node, "source", out.files, notes);
    return out;
  }
  if (node.kind != JsonKind::object) {
    wrong_type(node, "source", "a path, a list of paths or an object", notes);
    return out;
  }
  ObjectReader reader(node, "a source", notes);
  bool const one = reader.texts("file", out.files) != nullptr;
  bool const many = reader.texts("files", out.files) != nullptr;
  reader.choice<Format>("format", out.format, kFormats);
  reader.text("sheet", out.sheet);
  reader.text("table", out.table);
  reader.text("query", out.query);
  reader.text("path", out.path);
  reader.text("connection", out.connection);
  parse_timeout(reader, out);
  reader.choice<SqlServer>("server", out.server, kServers);
  reader.choice<bool>("compute", out.computes_there, kComputes);
  reader.text("file_column", out.file_column);
  reader.text("sheet_column", out.sheet_column);
  parse_dialect(reader, out.dialect);
  check_source(reader, out, one && many);
  reader.finish();
  return out;
}

}  // namespace yekun
