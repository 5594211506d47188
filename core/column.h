// Columns of equal length make a batch. A source yields batches, never whole files.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/decimal.h"

namespace yekun {

enum class Type { text, integer, decimal, number, date, boolean };

/// "text", "integer", "decimal", "number", "date", "boolean".
std::string_view to_text(Type type);
std::optional<Type> parse_type(std::string_view text);

/// Distinct texts in order of arrival; a code is an index and never changes. Not safe for concurrent writers.
/// A view that text() gave stays valid as long as the dictionary lives, however it grows (moving it included).
class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(Dictionary&&) noexcept = default;
  Dictionary& operator=(Dictionary&&) noexcept = default;

  std::uint32_t code(std::string_view text);  // adds it if new
  std::optional<std::uint32_t> find(std::string_view text) const;
  std::string_view text(std::uint32_t code) const { return texts_[code]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  struct Slot {
    std::uint32_t tag = 0;         // upper half of the hash
    std::uint32_t code_after = 0;  // code + 1; 0: empty
  };
  std::size_t slot_of(std::string_view text, std::uint32_t tag, std::size_t start) const;
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<std::string_view> texts_;  // into chunks_ and large_
  std::vector<Slot> slots_;              // open addressing, a power of two, at most half full
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::vector<std::unique_ptr<char[]>> large_;
  char* chunk_at_ = nullptr;
  std::size_t chunk_left_ = 0;
};

/// How a text column's entries are held. `coded` suits what repeats (regions, statuses), `raw` what seldom does (ids).
enum class TextForm { coded, raw };

/// Values of one type, each possibly missing. Only the vectors of its type are filled:
///   integer: whole = value; decimal: whole = millionths; date: whole = days since 1970-01-01; boolean: whole = 0 or 1;
///   number: number; text: codes into `dictionary` (coded) or raw views (raw).
/// The payload of a missing entry is 0, code 0 or an empty view and means nothing.
struct Column {
  Type type = Type::text;
  std::vector<std::uint8_t> present;  // 1 present, 0 missing; its size is the column's
  std::vector<std::int64_t> whole{};
  std::vector<double> number{};
  TextForm form = TextForm::coded;
  std::vector<std::uint32_t> codes{};
  /// Shared by the batches of one worker, and growing: codes stay valid, the size at the time of use counts.
  std::shared_ptr<Dictionary const> dictionary{};
  std::vector<std::string_view> raw{};  // views into Batch::bytes

  std::size_t size() const { return present.size(); }
  bool has(std::size_t row) const { return present[row] != 0; }
  /// Of a present text entry, in either form.
  std::string_view text(std::size_t row) const {
    return form == TextForm::coded ? dictionary->text(codes[row]) : raw[row];
  }
};

/// Some consecutive rows of one input.
struct Batch {
  std::size_t rows = 0;
  std::vector<Column> columns{};  // in the order they were asked for
  /// Place of the first row in input order: file order, then piece, then row. Row i has order + i. Orders grow through
  /// the input but need not be consecutive between batches; they do not depend on the number of threads.
  std::uint64_t order = 0;
  unsigned worker = 0;                  // 0 .. workers-1: batches with the same worker arrive one after another
  std::uint32_t file = 0;               // index into ScanSummary::files
  std::shared_ptr<void const> bytes{};  // owner of what raw text views point into
  /// Where the request asks for them, else empty: the physical row in its file of each row, counted from 1 (for text
  /// files the line on which the record starts).
  std::vector<std::uint64_t> row_numbers{};
};

}  // namespace yekun
