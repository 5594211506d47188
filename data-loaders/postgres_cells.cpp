#include "data-loaders/postgres_cells.h"

#include "core/utf8.h"
#include "data-loaders/stored_number.h"

namespace yekun {
namespace {

/// "1.5000" -> "1.5": a scale that the column has, not places that the value has.
std::string_view without_trailing_zeros(std::string_view text) {
  if (text.find('.') == std::string_view::npos) return text;
  while (text.ends_with('0')) text.remove_suffix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

bool is_finite(std::string_view text) { return text.find_first_not_of("+-0123456789.eE") == std::string_view::npos; }

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

void write_stored(bool binary, std::string_view text, RowWriter& writer, std::size_t column, std::uint64_t row) {
  if (!is_finite(text)) return writer.reject(column, text, "not a number", row);
  if (writer.type(column) == Type::text) return writer.canonical(column, text, row);
  write_number(writer, column, without_trailing_zeros(text), binary, row);
}

}  // namespace

SqlType sql_type_of(unsigned oid) {
  switch (oid) {
    case 16:
      return SqlType::boolean;
    case 20:
    case 21:
    case 23:
      return SqlType::integer;
    case 1700:
      return SqlType::decimal;
    case 700:
    case 701:
      return SqlType::number;
    case 1082:
      return SqlType::date;
    case 1114:
      return SqlType::timestamp;
    case 1184:
      return SqlType::timestamp_zone;
    case 25:
    case 1043:
      return SqlType::text;
    case 1042:
      return SqlType::padded_text;
    case 17:
      return SqlType::bytes;
    default:
      return SqlType::other;
  }
}

void cut_copy_line(std::string_view line, std::string& scratch, std::vector<SqlValue>& cells) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  scratch.clear();
  scratch.reserve(line.size());  // unescaping only shortens: views stay
  cells.clear();
  for (std::size_t at = 0;;) {
    std::size_t const end = std::min(line.find('\t', at), line.size());
    std::string_view const cell = line.substr(at, end - at);
    std::size_t const from = scratch.size();
    for (std::size_t i = 0; i < cell.size(); ++i)
      scratch += cell[i] == '\\' && i + 1 < cell.size() ? unescaped(cell[++i]) : cell[i];
    if (cell == "\\N")
      cells.emplace_back(std::nullopt);
    else
      cells.emplace_back(std::string_view(scratch).substr(from));
    if (end == line.size()) return;
    at = end + 1;
  }
}

void write_cell(SqlType type, SqlValue const& value, RowWriter& writer, std::size_t column, std::uint64_t row) {
  if (!value) return writer.missing(column);
  Type const wanted = writer.type(column);
  switch (type) {
    case SqlType::boolean:
      if (wanted == Type::text || wanted == Type::boolean || wanted == Type::date)
        return writer.canonical(column, *value == "t" ? "true" : "false", row);
      return writer.canonical(column, *value == "t" ? "1" : "0", row);
    case SqlType::integer:
    case SqlType::decimal:
      return write_stored(false, *value, writer, column, row);
    case SqlType::number:
      return write_stored(true, *value, writer, column, row);
    case SqlType::date:
    case SqlType::timestamp:
    case SqlType::timestamp_zone:
      return writer.canonical(column, *value, row);
    case SqlType::bytes:
      return writer.reject(column, "", "bytes, not text", row);
    case SqlType::text:
    case SqlType::padded_text:
    case SqlType::other:
      break;
  }
  if (is_utf8(*value)) return writer.text(column, *value, row);
  writer.text(column, to_valid_utf8(*value), row);
}

}  // namespace yekun
