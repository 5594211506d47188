#include "indicators/dimension_coder.h"

#include <algorithm>
#include <bit>

#include "core/column_text.h"

namespace yekun {

void DimensionCoder::code(Column const& column, std::size_t rows, std::uint32_t* out) {
  if (column.type == Type::text)
    code_texts(column, rows, out);
  else
    code_wholes(column, rows, out);
}

void DimensionCoder::code_texts(Column const& column, std::size_t rows, std::uint32_t* out) {
  if (column.form == TextForm::raw || column.dictionary == nullptr) {
    for (std::size_t i = 0; i < rows; ++i) out[i] = column.has(i) ? texts_.code(column.text(i)) + 1 : 0;
    return;
  }
  if (dictionary_ != column.dictionary) {
    dictionary_ = column.dictionary;
    by_code_.clear();
  }
  for (auto code = static_cast<std::uint32_t>(by_code_.size()); code < dictionary_->size(); ++code)
    by_code_.push_back(texts_.code(dictionary_->text(code)) + 1);
  if (by_code_.empty()) {
    std::fill(out, out + rows, 0U);
    return;
  }
  for (std::size_t i = 0; i < rows; ++i) out[i] = column.present[i] != 0 ? by_code_[column.codes[i]] : 0;
}

void DimensionCoder::code_wholes(Column const& column, std::size_t rows, std::uint32_t* out) {
  for (std::size_t i = 0; i < rows; ++i) {
    if (!column.has(i)) {
      out[i] = 0;
      continue;
    }
    std::int64_t const key =
        column.type == Type::number ? std::bit_cast<std::int64_t>(column.number[i]) : column.whole[i];
    auto const [at, is_new] = by_whole_.try_emplace(key, 0);
    if (is_new) at->second = texts_.code(entry_text(column, i)) + 1;
    out[i] = at->second;
  }
}

/// All sets of at most `overlaps` parts; a set takes its parts in their order.
std::vector<std::uint32_t> DimensionCoder::sets_of(std::vector<std::uint32_t> const& parts,
                                                   PlanDimension const& dimension) {
  struct Set {
    std::string text{};
    std::uint32_t size = 0;
  };
  std::vector<Set> sets{{}};
  for (std::uint32_t const part : parts) {
    std::string const value(text(part));
    for (std::size_t i = sets.size(); i-- > 0;)
      if (sets[i].size < dimension.overlaps)
        sets.push_back({sets[i].text.empty() ? value : sets[i].text + dimension.split + value, sets[i].size + 1});
  }
  std::vector<std::uint32_t> codes;
  for (std::size_t i = 1; i < sets.size(); ++i) codes.push_back(texts_.code(sets[i].text) + 1);
  return codes;
}

std::vector<std::uint32_t> const& DimensionCoder::parts(std::uint32_t code, PlanDimension const& dimension) {
  std::string const& separator = dimension.split;
  if (parts_.size() <= code) parts_.resize(std::size_t{code} + 1);
  if (!parts_[code].empty()) return parts_[code];
  std::vector<std::uint32_t> cut;
  if (code != 0) {
    std::string const whole(text(code));
    for (std::size_t from = 0; from <= whole.size();) {
      std::size_t const to = std::min(whole.find(separator, from), whole.size());
      std::string_view part(whole.data() + from, to - from);
      while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
      while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
      if (auto const mapped = dimension.mapping.find(std::string(part)); mapped != dimension.mapping.end())
        part = mapped->second;
      else if (!part.empty() && !dimension.mapping.empty() && !dimension.other.empty())
        part = dimension.other;
      std::uint32_t const one = part.empty() ? 0 : texts_.code(part) + 1;
      if (one != 0 && std::find(cut.begin(), cut.end(), one) == cut.end()) cut.push_back(one);
      from = to + separator.size();
    }
  }
  if (dimension.overlaps > 0) cut = sets_of(cut, dimension);
  if (cut.empty()) cut.push_back(0);
  return parts_[code] = std::move(cut);
}

}  // namespace yekun
