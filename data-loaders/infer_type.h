// What type a column of text would be, judged by all of its values. Used by init and data only: build never infers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/column.h"

namespace yekun {

struct InferredType {
  Type type = Type::text;
  std::string date_format{};         // of a date; empty: ISO
  bool ambiguous_date = false;       // day and month could be exchanged in every value
  char decimal = '.';                // of numbers
  std::string thousands{};           // of numbers: what groups their digits, "space" or a character; empty: nothing
  std::vector<std::string> marks{};  // values that look like marks for missing ("NA", "-"), sorted
};

/// Takes values in any order; the same values give the same answer. Digits with leading zeros make text: ids keep them.
class TypeGuess {
 public:
  TypeGuess();
  /// A present value, as it is in the file.
  void add(std::string_view text);
  void add(TypeGuess const& other);
  /// Without any value: text.
  InferredType result() const;

 private:
  std::uint32_t fits_;  // bit set of the candidates that every value fits
  bool any_ = false;
  std::map<std::string, bool> marks_;
};

/// The type that all but a few values fit, by how often each occurs: at least 19 of 20, and at least 20 in all. Text
/// where there is none. For columns whose TypeGuess says text because of a slip ("14O", "n/k").
InferredType infer_mostly(std::vector<std::pair<std::string_view, std::uint64_t>> const& values);

}  // namespace yekun
