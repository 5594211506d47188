#include "data-loaders/infer_type.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "data-loaders/cell_parser.h"

namespace yekun {
namespace {

/// Candidates by preference. A column that fits several is the first of them.
struct Candidate {
  Type type;
  char const* date_format;  // of dates
  char decimal;
  char const* thousands = "";
};
constexpr std::array<Candidate, 31> kCandidates{{{Type::integer, "", '.'},
                                                 {Type::boolean, "", '.'},
                                                 {Type::decimal, "", '.'},
                                                 {Type::decimal, "", ','},
                                                 {Type::number, "", '.'},
                                                 {Type::number, "", ','},
                                                 {Type::integer, "", '.', "space"},
                                                 {Type::decimal, "", '.', "space"},
                                                 {Type::decimal, "", ',', "space"},
                                                 {Type::integer, "", '.', ","},
                                                 {Type::decimal, "", '.', ","},
                                                 {Type::decimal, "", ',', "."},
                                                 {Type::date, "", '.'},
                                                 {Type::date, "dd.mm.yyyy", '.'},
                                                 {Type::date, "dd/mm/yyyy", '.'},
                                                 {Type::date, "mm/dd/yyyy", '.'},
                                                 {Type::date, "dd-mm-yyyy", '.'},
                                                 {Type::date, "yyyy/mm/dd", '.'},
                                                 {Type::date, "yyyy.mm.dd", '.'},
                                                 {Type::date, "d mmmm yyyy", '.'},
                                                 {Type::date, "d mmm yyyy", '.'},
                                                 {Type::date, "mmmm d, yyyy", '.'},
                                                 {Type::date, "d mmmm yyyy г.", '.'},
                                                 {Type::date, "d mmmm yyyy года", '.'},
                                                 {Type::date, "yyyy წლის d mmmm", '.'},
                                                 {Type::date, "d mmmm, yyyy", '.'},
                                                 {Type::date, "dd.mm.yyyy г.", '.'},
                                                 {Type::date, "yyyy-mm", '.'},
                                                 {Type::date, "mm.yyyy", '.'},
                                                 {Type::date, "mm/yyyy", '.'},
                                                 {Type::date, "mmmm yyyy", '.'}}};
constexpr std::uint32_t kDayFirst = 1U << 14U;
constexpr std::uint32_t kMonthFirst = 1U << 15U;

constexpr std::array<std::string_view, 12> kMarks{"na", "n/a", "n.a.", "-", "--",   "—",
                                                  "–",  "...", "…",    "?", "null", "#n/a"};

/// Words that stand where a number or a date is not known. "none" may mean 0: it is not among them.
constexpr std::array<std::string_view, 18> kUnknownWords{
    "unknown", "not known",  "no data", "absent",      "missing",  "неизвестно",     "неизв.",  "неизв",  "нет данных",
    "н/д",     "не указано", "naməlum", "məlum deyil", "bilinmir", "məlumat yoxdur", "უცნობია", "უცნობი", "näbelli"};

bool is_mark(std::string_view trimmed) {
  return std::find(kMarks.begin(), kMarks.end(), lower(trimmed)) != kMarks.end();
}

bool is_unknown_word(std::string_view trimmed) {
  return std::find(kUnknownWords.begin(), kUnknownWords.end(), lower(trimmed)) != kUnknownWords.end();
}

std::vector<CellParser> make_parsers() {
  std::vector<CellParser> parsers;
  Dataset const none;
  for (auto const& candidate : kCandidates) {
    ColumnSpec spec;
    spec.type = candidate.type;
    spec.date_format = candidate.date_format;
    NumberForm form;
    form.decimal = candidate.decimal;
    form.thousands = candidate.thousands;
    if (auto parser = CellParser::make(none, &spec, form)) parsers.push_back(std::move(*parser));
  }
  return parsers;
}

std::vector<CellParser> const& all_parsers() {
  static std::vector<CellParser> const parsers = make_parsers();  // never changes
  return parsers;
}

/// "007", "-01": an id.
bool has_leading_zero(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

bool is_read(CellParser const& parser, std::string_view text, bool zero, std::string& scratch) {
  bool const number = parser.type() != Type::date && parser.type() != Type::boolean;
  return !(zero && number) && parser.parse(text, scratch).outcome == Outcome::value;
}

/// A plain number that would be a hundred times the "82%" beside it.
bool is_above_one(std::string_view trimmed) {
  if (trimmed.ends_with('%')) return false;
  bool const two_digits = trimmed.size() > 1 && trimmed[0] == '1' && trimmed[1] >= '0' && trimmed[1] <= '9';
  return trimmed.find_first_of("23456789") == 0 || two_digits;
}

}  // namespace

TypeGuess::TypeGuess() : fits_((1U << kCandidates.size()) - 1) {}

void TypeGuess::add(std::string_view text) {
  auto const& parsers = all_parsers();
  std::string_view const trimmed = trim_spaces(text);
  if (trimmed.empty()) return;
  if (is_mark(trimmed)) {
    marks_.emplace(trimmed, true);
    return;
  }
  any_ = true;
  word_ = word_ || trimmed.size() > 1;
  percent_ = percent_ || trimmed.ends_with('%');
  above_one_ = above_one_ || is_above_one(trimmed);
  bool const zero = has_leading_zero(trimmed);
  std::string scratch;
  for (std::size_t i = 0; i < parsers.size(); ++i) {
    if ((fits_ >> i & 1U) == 0) continue;
    if (!is_read(parsers[i], text, zero, scratch)) fits_ &= ~(1U << i);
  }
}

void TypeGuess::add(TypeGuess const& other) {
  fits_ &= other.fits_;
  any_ = any_ || other.any_;
  word_ = word_ || other.word_;
  percent_ = percent_ || other.percent_;
  above_one_ = above_one_ || other.above_one_;
  marks_.insert(other.marks_.begin(), other.marks_.end());
}

InferredType TypeGuess::result() const {
  InferredType inferred;
  for (auto const& [mark, seen] : marks_) inferred.marks.push_back(mark);
  if (!any_ || fits_ == 0) return inferred;
  std::size_t best = 0;
  while ((fits_ >> best & 1U) == 0) ++best;
  bool const letters = kCandidates[best].type == Type::boolean && !word_;  // "f": female?
  if (letters || (percent_ && above_one_)) return inferred;
  inferred.type = kCandidates[best].type;
  inferred.date_format = kCandidates[best].date_format;
  inferred.decimal = kCandidates[best].decimal;
  inferred.thousands = kCandidates[best].thousands;
  inferred.ambiguous_date = best == 14 && (fits_ & kDayFirst) != 0 && (fits_ & kMonthFirst) != 0;
  return inferred;
}

InferredType infer_mostly(std::vector<std::pair<std::string_view, std::uint64_t>> const& values) {
  auto const& parsers = all_parsers();
  std::uint64_t all = 0;
  std::vector<std::string> words;
  for (auto const& [text, times] : values) {
    if (is_unknown_word(trim_spaces(text)))
      words.emplace_back(trim_spaces(text));
    else
      all += times;
  }
  std::string scratch;
  for (auto const& parser : parsers) {
    std::uint64_t misfits = 0;
    TypeGuess guess;
    for (auto const& [text, times] : values) {
      auto const trimmed = trim_spaces(text);
      if (is_unknown_word(trimmed)) continue;
      if (is_mark(trimmed) || is_read(parser, text, has_leading_zero(trimmed), scratch))
        guess.add(text);
      else
        misfits += times;
      if (misfits * 20 > all) break;
    }
    if (misfits * 20 > all || (all < 20 && (misfits > 0 || words.empty()))) continue;
    auto out = guess.result();
    if (out.type == Type::text) continue;
    out.slips = misfits;
    out.words = words;
    return out;
  }
  return {};
}

}  // namespace yekun
