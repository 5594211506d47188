// Rows of a sheet as XML, written past libxlsxwriter where there may be many: in pieces, by several threads, joined in
// order. The bytes do not depend on the number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/package.h"

namespace yekun {

inline constexpr std::uint32_t kMostRows = 1'048'576;  // of a sheet
inline constexpr std::uint32_t kMostColumns = 16'384;
inline constexpr std::uint32_t kRowsAPiece = 8'192;

/// Writes cells row by row, columns from left to right. Texts become valid: what Excel cannot hold is taken out, the
/// rest never becomes a formula. `style` is an index into the styles that the sheet was given.
class RowXml {
 public:
  /// `styles`: the numbers of the styles in the workbook.
  explicit RowXml(std::vector<std::string> const& styles) : styles_(styles), buffer_(1U << 16U) {}

  void begin(std::uint32_t row);  // zero-based
  void end();
  void number(std::uint16_t column, double value, std::size_t style);
  void number(std::uint16_t column, std::int64_t value, std::size_t style);
  void text(std::uint16_t column, std::string_view text, std::size_t style);
  /// `formula` without "="; the cached result is a number or a text.
  void formula(std::uint16_t column, std::string_view formula, double cached, std::size_t style);
  void formula(std::uint16_t column, std::string_view formula, std::string_view cached, std::size_t style);
  /// A formula over whole arrays ({=...}).
  void array_formula(std::uint16_t column, std::string_view formula, double cached, std::size_t style);

  std::string_view xml() const { return {buffer_.data(), used_}; }
  void clear() { used_ = 0; }
  /// The first cell that has no place in a sheet or holds no finite number, as "B7"; empty if there is none.
  std::string const& refused() const { return refused_; }

 private:
  void room(std::size_t bytes);
  void put(std::string_view bytes);
  void put_escaped(std::string_view text, bool formula);
  void open(std::uint16_t column, std::size_t style, std::string_view rest);
  void put_number(double value);
  void refuse(std::uint16_t column);
  std::string name(std::uint16_t column) const;

  std::vector<std::string> const& styles_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
  std::uint32_t row_ = 0;
  std::array<char, 12> row_text_{};
  std::size_t row_length_ = 0;
  std::string refused_{};
};

/// `count` rows, written by `write(rows, first, count)`: called from several threads, each for its own range.
struct RowSource {
  std::uint32_t count = 0;
  std::uint16_t columns = 1;  // at most used by a row
  std::function<void(RowXml& rows, std::uint32_t first, std::uint32_t count)> write{};
};

/// Streams a part: `head`, the rows, `tail`. The writer has begun the part and ends it. Returns the refused cell, empty
/// if all went well.
std::string write_rows(PackageWriter& writer, std::string_view head, std::string_view tail, RowSource const& source,
                       std::vector<std::string> const& styles, unsigned threads);

/// What Excel can hold in a cell: valid UTF-8, no control characters but tab and newline, at most 32,767 UTF-16 units
/// (longer texts end with an ellipsis).
std::string cell_text(std::string_view text);

/// "B" for column 1.
std::string column_letters(std::uint16_t column);

}  // namespace yekun
