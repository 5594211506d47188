#include "output/workbook_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/utf8.h"
#include "reports/document_walk.h"

namespace yekun {

namespace {

// Limits of Excel's formulas: characters, arguments of a function, functions in functions, characters of a text.
constexpr std::size_t kLongestFormula = 8'000;
constexpr std::size_t kMostArguments = 250;
constexpr std::size_t kDeepest = 60;
constexpr std::size_t kLongestCriterion = 200;

bool is_leaf(Lineage const& lineage) {
  using Kind = Lineage::Kind;
  return lineage.kind == Kind::cell || lineage.kind == Kind::target || lineage.kind == Kind::baseline;
}

std::string value_of(PlacePart const& part) { return part.unknown ? "(unknown)" : part.value.value_or(""); }

bool is_split(PlacePart const& part) { return part.value.has_value() || part.unknown; }

/// What must be equal for two leaves to be parts of one total.
std::string family(Lineage const& leaf) {
  return fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", static_cast<int>(leaf.kind), leaf.indicator, leaf.measure,
                     leaf.predicate, leaf.period.label);
}

std::string identity_of(Lineage const& leaf) {
  std::vector<std::string> parts;
  for (PlacePart const& part : leaf.place)
    if (is_split(part)) parts.push_back(part.dimension + "=" + value_of(part));
  std::sort(parts.begin(), parts.end());
  // Questions with a `where` of their own and pairs give the same leaf other values: these are rows of their own.
  std::string const value = leaf.value.is_value() ? to_text(leaf.value.number) : std::string();
  return fmt::format("{}\x1f{}\x1f{}{}", family(leaf), fmt::join(parts, "\x1f"), static_cast<int>(leaf.value.state),
                     value);
}

/// The leaf's place within the dimensions `names` ("region,sex"); nullopt if it is rolled up in one of them.
std::optional<std::string> place_within(Lineage const& leaf, std::vector<std::string> const& names) {
  std::string out;
  for (std::string const& name : names) {
    auto const part = std::find_if(leaf.place.begin(), leaf.place.end(),
                                   [&](PlacePart const& one) { return one.dimension == name && is_split(one); });
    if (part == leaf.place.end()) return {};
    out += value_of(*part) + (part->unknown ? "\x1e\x1f" : "\x1f");
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto const end = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// Whether a total belongs to more rolled-up dimensions than the rows.
bool is_coarser(std::vector<std::string> const& total, std::vector<std::string> const& rows) {
  return total.size() < rows.size() && std::includes(rows.begin(), rows.end(), total.begin(), total.end());
}

Int128 exact(Number number) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) return static_cast<Int128>(*whole) * kMicro;
  return std::get<Decimal>(number).micros;
}

}  // namespace

bool is_sure_criterion(std::string_view text) {
  if (text.empty() || text.size() > kLongestCriterion || text.front() == '#') return false;
  if (std::string_view("<>=").find(text.front()) != std::string_view::npos) return false;
  bool const digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits) return text.size() <= 15 && (text.front() != '0' || text.size() == 1);
  std::string const word = lower(text);
  return text.find_first_not_of("0123456789.,:;/-+eE% ") != std::string_view::npos && word != "true" && word != "false";
}

std::string criterion(std::string_view text) {
  std::string out = "\"=";
  for (char const c : text) {
    if (c == '*' || c == '?' || c == '~') out += '~';
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

std::string finest_dimensions(Lineage const& leaf) {
  std::vector<std::string> names;
  for (PlacePart const& part : leaf.place)
    if (is_split(part)) names.push_back(part.dimension);
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, ","));
}

DataIndex::DataIndex(Document const& document, std::size_t rows_a_sheet) : rows_a_sheet_(rows_a_sheet) {
  for_each_lineage(document, [this](Lineage const& lineage) { collect(lineage); });
  number_rows();
  find_sums();
}

void DataIndex::collect(Lineage const& lineage) {
  for (LineagePtr const& part : lineage.parts)
    if (part) collect(*part);
  if (!is_leaf(lineage)) return;
  std::string identity = identity_of(lineage);
  if (!by_identity_.emplace(identity, rows_.size()).second) return;
  rows_.push_back({&lineage, std::move(identity), finest_dimensions(lineage), 0, 0, {}, {}});
  for (PlacePart const& part : lineage.place)
    if (std::find(dimensions_.begin(), dimensions_.end(), part.dimension) == dimensions_.end())
      dimensions_.push_back(part.dimension);
}

void DataIndex::number_rows() {
  // Kept together for the reader: indicator, period, coarse before fine; otherwise in the document's order.
  std::stable_sort(rows_.begin(), rows_.end(), [](DataRow const& a, DataRow const& b) {
    auto key = [](DataRow const& r) {
      return std::tie(r.leaf->indicator, r.leaf->measure, r.leaf->predicate, r.leaf->period.first, r.leaf->period.end,
                      r.finest);
    };
    return key(a) < key(b);
  });
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rows_[i].sheet = i / rows_a_sheet_;
    rows_[i].row = kHeadingRow + 1 + static_cast<std::uint32_t>(i % rows_a_sheet_);
    by_identity_[rows_[i].identity] = i;
  }
}

void DataIndex::count_rows(RowFormulas& formulas) {
  for (DataRow& row : rows_) row.rows = formulas.formula(*row.leaf);
}

std::span<DataRow const> DataIndex::rows(std::size_t sheet) const {
  std::size_t const first = std::min(sheet * rows_a_sheet_, rows_.size());
  return std::span(rows_).subspan(first, std::min(rows_a_sheet_, rows_.size() - first));
}

void DataIndex::find_sums() {
  std::map<std::string, std::map<std::string, std::vector<DataRow*>>> families;  // by dimensions they are split by
  for (DataRow& row : rows_)
    if (row.leaf->kind == Lineage::Kind::cell && row.leaf->additive && row.leaf->value.is_value() &&
        !std::holds_alternative<double>(row.leaf->value.number))
      families[lower(family(*row.leaf))][row.finest].push_back(&row);  // SUMIFS does not tell cases apart either
  for (auto& [name, splits] : families)
    for (auto& [coarse, totals] : splits)
      for (auto const& [fine, parts] : splits) {
        auto const dimensions = split(coarse);
        if (!is_coarser(dimensions, split(fine))) continue;
        std::unordered_map<std::string, Int128> sums;
        for (DataRow const* part : parts)
          sums[lower(*place_within(*part->leaf, dimensions))] += exact(part->leaf->value.number);
        for (DataRow* total : totals) {
          auto const sum = sums.find(lower(*place_within(*total->leaf, dimensions)));
          bool const same = sum != sums.end() && sum->second == exact(total->leaf->value.number);
          if (same && !total->finer) total->finer = fine;
        }
      }
}

std::optional<std::string> DataIndex::sum_formula(DataRow const& total) const {
  if (!total.finer) return {};
  std::string out;
  for (std::size_t sheet = 0; sheet < sheets(); ++sheet) {
    auto const one = sum_on(sheet, total);
    if (!one) return {};
    out += (sheet > 0 ? "+" : "") + *one;
  }
  return out.size() <= kLongestFormula ? std::optional(out) : std::nullopt;
}

std::optional<std::string> DataIndex::sum_on(std::size_t sheet, DataRow const& total) const {
  std::uint32_t const last = kHeadingRow + static_cast<std::uint32_t>(rows(sheet).size());
  Lineage const& leaf = *total.leaf;
  std::string out;
  bool sure = true;
  auto range = [&](std::size_t column) {
    CellAt const first{kHeadingRow + 1, static_cast<std::uint16_t>(column)};
    if (sheets() > 1) return range_reference(names_[sheet], first, {last, first.column});
    return cell_reference(first) + ":" + cell_reference({last, first.column});
  };
  auto where = [&](std::size_t column, std::string_view text) {
    sure = sure && is_sure_criterion(text);
    out += fmt::format(",{},{}", range(column), criterion(text));
  };
  where(0, leaf.indicator);
  if (!leaf.measure.empty()) where(1, leaf.measure);
  if (!leaf.predicate.empty()) where(2, leaf.predicate);
  if (leaf.period.first < leaf.period.end) {  // days are surer than labels: "2025-07" may be taken for a date
    out += fmt::format(",{},{}", range(4), excel_day(leaf.period.first));
    out += fmt::format(",{},{}", range(5), excel_day(leaf.period.end - 1));
  } else {
    where(3, leaf.period.label);
  }
  where(6, *total.finer);
  for (PlacePart const& part : leaf.place)
    if (is_split(part))
      where(7 + static_cast<std::size_t>(std::find(dimensions_.begin(), dimensions_.end(), part.dimension) -
                                         dimensions_.begin()),
            value_of(part));
  if (!sure) return {};
  return fmt::format("SUMIFS({}{})", range(value_column()), out);
}

std::optional<std::string> DataIndex::expression(Lineage const& lineage, std::vector<std::string>& references,
                                                 std::vector<std::string>& divisors) const {
  using Kind = Lineage::Kind;
  if (is_leaf(lineage)) {
    auto const known = by_identity_.find(identity_of(lineage));
    if (known == by_identity_.end()) return std::nullopt;
    std::string reference =
        cell_reference(names_[rows_[known->second].sheet], {rows_[known->second].row, value_column()});
    if (std::find(references.begin(), references.end(), reference) == references.end()) references.push_back(reference);
    return reference;
  }
  if (lineage.kind == Kind::constant)
    return lineage.value.is_value() ? std::optional(to_text(lineage.value.number)) : std::nullopt;
  std::vector<std::string> parts;
  for (LineagePtr const& part : lineage.parts) {
    auto text = part ? expression(*part, references, divisors) : std::nullopt;
    if (!text) return std::nullopt;
    parts.push_back(*std::move(text));
  }
  if (lineage.kind == Kind::negate && parts.size() == 1) return "-(" + parts[0] + ")";
  if (lineage.kind == Kind::function) return parts.size() == 1 ? std::optional(parts[0]) : std::nullopt;
  if (parts.size() < 2) return std::nullopt;
  if (lineage.kind == Kind::divide) divisors.push_back(parts[1]);
  char const sign = lineage.kind == Kind::add        ? '+'
                    : lineage.kind == Kind::subtract ? '-'
                    : lineage.kind == Kind::multiply ? '*'
                                                     : '/';
  std::string out = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) out += sign + parts[i];
  return "(" + out + ")";
}

std::optional<std::string> DataIndex::formula(Lineage const& lineage, std::string const& missing,
                                              std::string const& not_applicable, bool hundredfold) const {
  std::vector<std::string> references;
  std::vector<std::string> divisors;
  auto text = expression(lineage, references, divisors);
  if (!text || references.empty() || references.size() > kMostArguments || divisors.size() > kDeepest) return {};
  if (!hundredfold && (is_leaf(lineage) || (references.size() == 1 && *text == references[0]))) return text;
  auto quoted = [](std::string const& s) {
    std::string out = "\"";
    for (char const c : s) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
  };
  if (text->front() == '(' && text->back() == ')') text = text->substr(1, text->size() - 2);
  std::string out = hundredfold ? "100*(" + *text + ")" : *text;
  for (auto divisor = divisors.rbegin(); divisor != divisors.rend(); ++divisor)
    out = fmt::format("IF({}=0,{},{})", *divisor, quoted(not_applicable), out);
  out = fmt::format("IF(COUNT({})<{},{},{})", fmt::join(references, ","), references.size(), quoted(missing), out);
  return out.size() <= kLongestFormula ? std::optional(out) : std::nullopt;
}

}  // namespace yekun
