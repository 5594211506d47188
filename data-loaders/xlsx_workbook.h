// What a workbook (.xlsx, .ods) says about itself: its sheets, number formats, shared texts, names and tables.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/xlsx_sheet.h"
#include "data-loaders/zip_file.h"

namespace yekun {

/// How the numbers of a cell format are shown. `time`: an hour of the day or a length of time, without a day.
enum class NumberFormat : std::uint8_t { number, date, time };

/// Of a format code: "dd.mm.yyyy" is a date, "[h]:mm" and "hh:mm" are times, "0.00" and "@" numbers.
NumberFormat classify_format(std::string_view code);
/// Of a built-in number format.
NumberFormat classify_builtin(std::uint32_t id);

/// How a workbook numbers its days: as Excel, which takes 1900 for a leap year; as LibreOffice, which does not, in
/// files that it wrote; or from 1904-01-01.
enum class DayCount : std::uint8_t { excel_1900, libre_office, from_1904 };

struct WorkbookSheet {
  std::string name;
  std::string part;  // in the zip file
  bool hidden = false;
  bool worksheet = true;  // false: a chart or dialogue sheet
};

/// A range with a name: a table (with its own headings) or a defined name.
struct NamedRange {
  std::string name;
  std::size_t sheet = 0;
  CellRange range{};
  std::uint32_t header_rows = 1;       // the range's first rows
  std::vector<std::string> columns{};  // of a table without a header row
};

/// The shared texts. Views stay valid as long as the object.
class SharedTexts {
 public:
  std::size_t size() const { return texts_.size(); }
  std::string_view at(std::size_t index) const { return texts_[index]; }
  /// Reads the part; refuses more than 1 GB of text or 64 million texts.
  static Read<std::shared_ptr<SharedTexts const>> read(std::unique_ptr<PartStream> stream);

 private:
  bool add(std::string_view text);
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
  char* next_ = nullptr;
  std::vector<std::string_view> texts_;
};

class Workbook {
 public:
  /// Reads everything but the cells and the shared texts. Reasons are for users: old .xls, password, damaged, ...
  static Read<Workbook> open(std::string const& path);
  static Read<Workbook> open_bytes(std::string_view bytes);

  std::vector<WorkbookSheet> const& sheets() const { return sheets_; }
  DayCount day_count() const { return day_count_; }
  /// By index of a cell's style; `number` past the end.
  NumberFormat format(std::uint32_t style) const {
    return style < formats_.size() ? formats_[style] : NumberFormat::number;
  }
  std::vector<std::string> const& defined_names() const { return names_; }

  /// A table (tried first) or a defined name, without regard to case; the reason says what there is.
  Read<NamedRange> range(std::string_view name) const;
  /// The cells of a sheet. `ahead`: inflated on a thread of its own.
  Read<SheetFacts> read_cells(std::size_t sheet, SheetHandler& handler, bool ahead = false) const;
  /// The merged ranges of a sheet.
  Read<std::vector<CellRange>> merges(std::size_t sheet) const;
  Read<std::shared_ptr<SharedTexts const>> shared_texts() const;

 private:
  explicit Workbook(ZipFile zip) : zip_(std::move(zip)) {}
  static Read<Workbook> read(ZipFile zip);
  Read<std::unique_ptr<PartStream>> part(std::string const& name) const;
  struct Relation {
    std::string id;
    std::string type;    // the last part of its URI
    std::string target;  // a part's name
  };
  Read<std::vector<Relation>> relations(std::string const& of) const;
  Read<std::string> main_part() const;
  bool is_by_libre_office() const;
  Read<void> read_open_document();
  Read<void> read_workbook(std::string const& main);
  Read<void> read_formats(std::string const& name);
  Read<std::vector<NamedRange>> tables(std::size_t sheet) const;
  Read<NamedRange> read_table(std::string const& name, std::size_t sheet) const;
  tl::expected<NamedRange, std::string> defined_range(std::size_t name) const;

  ZipFile zip_;
  std::vector<WorkbookSheet> sheets_;
  std::vector<NumberFormat> formats_;
  std::vector<std::string> names_;
  std::vector<std::string> name_ranges_;  // as written: "Sheet1!$A$1:$D$9"
  std::string shared_part_;
  DayCount day_count_ = DayCount::excel_1900;
  bool open_document_ = false;  // .ods
};

}  // namespace yekun
