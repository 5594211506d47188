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
  std::vector<std::string> words{};  // of infer_mostly: words among them that say "unknown", in the order of the values
  std::uint64_t slips = 0;           // of infer_mostly: values that do not fit
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
  bool word_ = false;       // a value of more than one character: letters alone are no yes or no
  bool percent_ = false;    // "82%", which is 0.82
  bool above_one_ = false;  // a number without the sign that cannot be such a share
  std::map<std::string, bool> marks_;
};

/// The type that all but a few values fit, by how often each occurs: at least 19 of 20, and at least 20 in all; words
/// that mean "unknown" are not counted, and where there are no other slips fewer values do. Text where there is none.
/// For columns whose TypeGuess says text because of a slip ("14O", "n/k").
InferredType infer_mostly(std::vector<std::pair<std::string_view, std::uint64_t>> const& values);

}  // namespace yekun
