// Dates as people write them: "14.07.2025", "7/14/2025", "14 iyul 2025".
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/date.h"
#include "data-loaders/day_zone.h"

namespace yekun {

enum class DateError { none, other_form, no_such_day };

struct ParsedDate {
  Date date{};
  DateError error = DateError::none;
};

/// One or more forms, separated by "|": the first that fits is taken. Parts: d, dd (day), m, mm (month), mmm, mmmm (its
/// name, short or long, in any of az, ka, tk, ru, en; case does not count), yyyy, yy (70-99: 19.., 00-69: 20..). Where
/// parts are separated, 7 and 07 are both read; without separators ("yyyymmdd") the digits count. Anything else stands
/// for itself. A form without a day ("mmmm yyyy") is the first of the month. A time after the date ("T10:20", "
/// 10:20:30.5") is read over. Where it says its offset from UTC ("Z",
/// "+04:00") the day is the one that the time zone has at that moment; without a zone it is as written.
class DateFormats {
 public:
  /// An empty `spec` is ISO, "yyyy-mm-dd". `timezone`: a name that ICU knows, or empty. The error is a message without
  /// place.
  static tl::expected<DateFormats, std::string> compile(std::string_view spec, std::string const& timezone = {});

  ParsedDate parse(std::string_view text) const;
  /// The forms as declared, for messages: "dd.mm.yyyy or yyyy-mm-dd".
  std::string const& described() const { return described_; }
  /// The only form is ISO.
  bool is_iso() const { return iso_; }

 private:
  enum class Kind : std::uint8_t { day, month, month_name, year, short_year, literal };
  struct Part {
    Kind kind = Kind::literal;
    std::size_t width = 0;  // digits in the form
    bool exact = false;     // beside another number: exactly so many digits
    std::string text{};
  };
  using Form = std::vector<Part>;
  using MonthNames = std::map<std::string, int, std::less<>>;

  static tl::expected<Form, std::string> compile_one(std::string_view spec);
  ParsedDate parse_as(Form const& form, std::string_view text) const;
  bool read_part(Part const& part, std::string_view& text, Civil& civil) const;
  bool read_month_name(std::string_view& text, int& month) const;

  std::vector<Form> forms_;
  std::string described_;
  bool iso_ = false;
  std::shared_ptr<MonthNames const> names_;  // shared by copies; set where a form has month names
  std::shared_ptr<DayZone const> zone_;      // shared by copies
};

/// Names and abbreviations of months in the five languages, folded (lower case, i without difference) -> 1-12.
std::map<std::string, int, std::less<>> month_names();

}  // namespace yekun
