// What type a column seems to be of, from all its cells. For `init` and `data` only: `build` and `query` never infer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/date_format.h"
#include "data-loaders/source.h"

namespace yekun {

struct InferredColumn {
  std::string name;
  Type type = Type::text;
  std::string date_format{};           // of dates that are not ISO
  char decimal = '.';                  // of numbers
  std::vector<std::string> missing{};  // marks like "NA" that stand in the way of the type
  std::string note{};                  // what a reader must decide: "every date fits dd/mm/yyyy and mm/dd/yyyy alike"
  std::uint64_t present = 0;
  std::uint64_t empty = 0;
};

/// The evidence of one column; those of several workers are merged.
class TypeEvidence {
 public:
  TypeEvidence();
  void add(std::string_view cell);
  void merge(TypeEvidence const& other);
  InferredColumn conclude(std::string name) const;

 private:
  struct Counts {
    std::uint64_t present = 0;
    std::uint64_t empty = 0;
    std::uint64_t integers = 0;          // without leading zeros, at most 15 digits
    std::uint64_t decimals[2] = {0, 0};  // with '.', with ','; integers included
    std::uint64_t numbers = 0;
    std::uint64_t booleans = 0;
    std::uint64_t bits = 0;  // 0 and 1
  };
  Counts counts_;
  std::uint64_t values_ = 0;          // neither empty nor marks
  std::vector<std::uint64_t> dates_;  // by form
  std::map<std::string, std::uint64_t, std::less<>> marks_;
  std::shared_ptr<std::vector<DateFormats> const> forms_;  // shared by merged pieces of evidence
};

/// Reads all rows of all columns as text. Ids (leading zeros, more than 15 digits) stay text; so does what is mixed.
Result<std::vector<InferredColumn>> infer_types(Source const& source, unsigned threads);

}  // namespace yekun
