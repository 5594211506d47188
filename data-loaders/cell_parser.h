// A cell's text as a value of its column's declared type; shared by all loaders.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/column.h"
#include "data-loaders/dataset.h"
#include "data-loaders/date_format.h"

namespace yekun {

/// How numbers are written. `thousands` empty: digits are not grouped.
struct NumberForm {
  char decimal = '.';
  std::string thousands{};  // one character in UTF-8, or "space" for any kind of space
  friend bool operator==(NumberForm const&, NumberForm const&) = default;
};

enum class Outcome : std::uint8_t { value, missing, rejected };

enum class Reject : std::uint8_t {
  none,
  not_whole,
  not_decimal,
  not_number,
  not_date,
  not_boolean,
  no_such_day,
  too_large,
  too_many_places,
};

/// What a cell holds. `whole`, `number` and `text` are filled as in Column.
struct CellValue {
  Outcome outcome = Outcome::missing;
  Reject reject = Reject::none;
  bool unmapped = false;  // the column has a mapping without this value; it is kept as it is
  std::int64_t whole = 0;
  double number = 0;
  std::string_view text{};
};

/// Steps: clean (where declared), empty or a missing mark -> missing, mapping, type. Spaces around numbers, dates and
/// booleans do not count; text is kept as it is, spaces included. Only an empty cell is missing unless marks say more.
/// Integers may be written "12.0"; numbers may not be "nan" or "inf". May be used by several threads.
class CellParser {
 public:
  /// `spec` null: an undeclared column, text. The error is a message without place (a bad date form).
  static tl::expected<CellParser, std::string> make(Dataset const& dataset, ColumnSpec const* spec,
                                                    NumberForm const& form);

  Type type() const { return type_; }
  bool personal() const { return personal_; }
  /// Text whose non-empty cells are taken unchanged: no cleaning, marks or mapping.
  bool takes_text_as_is() const { return type_ == Type::text && plain_; }
  /// No cleaning, marks or mapping before the type is read.
  bool plain() const { return plain_; }
  /// A plainly written value of the type is what it seems: no mapping, and no mark that looks like a value ("-99").
  bool value_is_plain() const { return value_is_plain_; }
  NumberForm const& number_form() const { return form_; }
  DateFormats const& date_formats() const { return dates_; }

  /// CellValue::text points into `cell`, the parser or `scratch`; it is valid while these are unchanged.
  CellValue parse(std::string_view cell, std::string& scratch) const;

  /// In plain words: "not a date of the form dd.mm.yyyy".
  std::string reason(Reject reject) const;

 private:
  CellValue parse_typed(std::string_view text) const;

  Type type_ = Type::text;
  bool plain_ = true;
  bool value_is_plain_ = true;
  bool clean_ = false;
  bool personal_ = false;
  NumberForm form_;
  DateFormats dates_;
  std::vector<std::string> missing_;  // sorted
  std::map<std::string, std::string, std::less<>> mapping_;
  std::vector<std::string> targets_;  // of the mapping, sorted
};

/// Appends what `parse` gave; text goes through `dictionary` (coded) or is kept as a view (raw).
void append(CellValue const& value, Column& column, Dictionary& dictionary);
/// Makes room for `rows` entries of the column's type and form; what they hold is not said.
void resize_column(Column& column, std::size_t rows);
/// Puts what `parse` gave into a column that was made large enough.
void store(CellValue const& value, Column& column, std::size_t row, Dictionary& dictionary);

/// true and yes in English, Azerbaijani, Georgian, Turkmen and Russian, and 1; the same for false, no and 0. Case does
/// not count. nullopt: neither.
std::optional<bool> parse_boolean(std::string_view text);

/// Spaces of any kind (no-break ones too) off both ends.
std::string_view trim_spaces(std::string_view text);

/// Sign, digits and point only: grouping removed, the decimal mark made '.', U+2212 made '-'. false: not a number so
/// written. `out` is overwritten.
bool normalise_number(std::string_view text, NumberForm const& form, std::string& out);

}  // namespace yekun
