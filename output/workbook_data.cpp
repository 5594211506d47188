#include "output/workbook_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "output/document_walk.h"

namespace yekun {

namespace {

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
  return fmt::format("{}\x1f{}", family(leaf), fmt::join(parts, "\x1f"));
}

/// Text as a criterion of SUMIFS that means exactly this text.
std::string criterion(std::string_view text) {
  std::string out = "\"=";
  for (char const c : text) {
    if (c == '*' || c == '?' || c == '~') out += '~';
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

bool includes_place(Lineage const& total, Lineage const& part) {
  return std::all_of(total.place.begin(), total.place.end(), [&](PlacePart const& wanted) {
    return !is_split(wanted) || std::find(part.place.begin(), part.place.end(), wanted) != part.place.end();
  });
}

Int128 exact(Number number) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) return static_cast<Int128>(*whole) * kMicro;
  return std::get<Decimal>(number).micros;
}

}  // namespace

std::string finest_dimensions(Lineage const& leaf) {
  std::vector<std::string> names;
  for (PlacePart const& part : leaf.place)
    if (is_split(part)) names.push_back(part.dimension);
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, ","));
}

DataIndex::DataIndex(Document const& document, std::string sheet_name) : sheet_name_(std::move(sheet_name)) {
  for_each_lineage(document, [this](Lineage const& lineage) { collect(lineage); });
  number_rows();
  find_sums();
}

void DataIndex::collect(Lineage const& lineage) {
  for (LineagePtr const& part : lineage.parts)
    if (part) collect(*part);
  if (!is_leaf(lineage)) return;
  std::string identity = identity_of(lineage);
  if (by_identity_.contains(identity)) return;
  by_identity_.emplace(identity, rows_.size());
  rows_.push_back({&lineage, std::move(identity), 0, {}});
  for (PlacePart const& part : lineage.place)
    if (std::find(dimensions_.begin(), dimensions_.end(), part.dimension) == dimensions_.end())
      dimensions_.push_back(part.dimension);
}

void DataIndex::number_rows() {
  // Kept together for the reader: indicator, period, coarse before fine; otherwise in the document's order.
  std::stable_sort(rows_.begin(), rows_.end(), [](DataRow const& a, DataRow const& b) {
    auto key = [](DataRow const& r) {
      return std::tuple(r.leaf->indicator, r.leaf->measure, r.leaf->predicate, r.leaf->period.first, r.leaf->period.end,
                        finest_dimensions(*r.leaf));
    };
    return key(a) < key(b);
  });
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rows_[i].row = kHeadingRow + 1 + static_cast<std::uint32_t>(i);
    by_identity_[rows_[i].identity] = i;
  }
}

void DataIndex::find_sums() {
  std::map<std::string, std::vector<DataRow*>> families;
  for (DataRow& row : rows_)
    if (row.leaf->kind == Lineage::Kind::cell && row.leaf->additive && row.leaf->value.is_value() &&
        !std::holds_alternative<double>(row.leaf->value.number))
      families[family(*row.leaf)].push_back(&row);
  for (auto& [name, members] : families) {
    for (DataRow* total : members) {
      std::map<std::string, Int128> sums;  // finer dimensions -> sum of the rows inside the total's place
      for (DataRow const* part : members)
        if (part != total && part->leaf->place.size() > 0 && includes_place(*total->leaf, *part->leaf))
          sums[finest_dimensions(*part->leaf)] += exact(part->leaf->value.number);
      for (auto const& [finer, sum] : sums) {
        if (finer.size() <= finest_dimensions(*total->leaf).size() || sum != exact(total->leaf->value.number)) continue;
        total->sum = sum_formula(*total, finer);
        break;
      }
    }
  }
}

std::string DataIndex::sum_formula(DataRow const& total, std::string const& finer) const {
  std::uint32_t const last = kHeadingRow + static_cast<std::uint32_t>(rows_.size());
  auto range = [&](std::uint16_t column) {
    return cell_reference({kHeadingRow + 1, column}) + ":" + cell_reference({last, column});
  };
  Lineage const& leaf = *total.leaf;
  std::string out =
      fmt::format("SUMIFS({},{},{},{},{},{},{}", range(value_column()), range(0), criterion(leaf.indicator), range(3),
                  criterion(leaf.period.label), range(6), criterion(finer));
  if (!leaf.measure.empty()) out += fmt::format(",{},{}", range(1), criterion(leaf.measure));
  if (!leaf.predicate.empty()) out += fmt::format(",{},{}", range(2), criterion(leaf.predicate));
  for (PlacePart const& part : leaf.place) {
    if (!is_split(part)) continue;
    auto const at = std::find(dimensions_.begin(), dimensions_.end(), part.dimension) - dimensions_.begin();
    out += fmt::format(",{},{}", range(static_cast<std::uint16_t>(7 + at)), criterion(value_of(part)));
  }
  return out + ")";
}

std::optional<std::string> DataIndex::expression(Lineage const& lineage, std::vector<std::string>& references,
                                                 std::vector<std::string>& divisors) const {
  using Kind = Lineage::Kind;
  if (is_leaf(lineage)) {
    auto const known = by_identity_.find(identity_of(lineage));
    if (known == by_identity_.end()) return std::nullopt;
    std::string reference = cell_reference(sheet_name_, {rows_[known->second].row, value_column()});
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
                                              std::string const& not_applicable) const {
  std::vector<std::string> references;
  std::vector<std::string> divisors;
  auto text = expression(lineage, references, divisors);
  if (!text || references.empty()) return std::nullopt;
  if (is_leaf(lineage) || (references.size() == 1 && *text == references[0])) return text;
  auto quoted = [](std::string const& s) {
    std::string out = "\"";
    for (char const c : s) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
  };
  if (text->front() == '(' && text->back() == ')') text = text->substr(1, text->size() - 2);
  std::string out = *text;
  for (auto divisor = divisors.rbegin(); divisor != divisors.rend(); ++divisor)
    out = fmt::format("IF({}=0,{},{})", *divisor, quoted(not_applicable), out);
  return fmt::format("IF(COUNT({})<{},{},{})", fmt::join(references, ","), references.size(), quoted(missing), out);
}

}  // namespace yekun
