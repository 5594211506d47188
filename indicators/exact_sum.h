// Sums of doubles without rounding, so that neither order nor the number of threads changes the result.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace yekun {

/// A superaccumulator: a fixed-point number wide enough for every double (R. Neal, "Fast exact summation using small
/// and large superaccumulators", 2015), held only over the words that were touched. Only finite values may be added.
class ExactSum {
 public:
  void add(double value);
  /// Adds x * y exactly (both parts of the product), barring underflow.
  void add_product(double x, double y);
  void add(ExactSum const& other);
  /// The sum, rounded once to nearest, ties to even; +-infinity on overflow.
  double value() const;
  /// As it can be kept: the place of the lowest word and the words.
  std::pair<int, std::vector<std::int64_t>> words() const;
  /// nullopt: no sum has such words.
  static std::optional<ExactSum> from_words(int base, std::vector<std::int64_t> words);
  std::size_t bytes() const { return chunks_.capacity() * sizeof(std::int64_t); }

 private:
  void touch(int lowest, int highest);
  void carry();
  // chunks_[i] counts units of 2^(32 * (base_ + i) - 1088); between carries each holds more than 32 bits.
  int base_ = 0;
  std::int32_t adds_ = 0;  // since the last carry
  std::vector<std::int64_t> chunks_{};
};

}  // namespace yekun
