#include "indicators/evaluate.h"

#include <algorithm>
#include <array>
#include <string>

#include "indicators/binder.h"
#include "indicators/vec.h"

namespace yekun {

namespace {

/// What is known about the distinct texts of one dictionary, for one subtree.
struct CodeCache {
  std::shared_ptr<Dictionary const> dictionary{};  // kept, so that its address cannot be taken by another
  std::vector<std::uint8_t> flags{};               // truth or presence, a code each
  std::vector<std::int64_t> whole{};
  std::vector<double> number{};
  std::vector<std::uint32_t> codes{};  // text results, in the evaluator's dictionary
  Vec missing{};                       // the result where the text is missing
};

Vec constant_vec(BoundNode const& node) {
  Vec v = make_vec(node.type, 1);
  v.constant = true;
  if (std::holds_alternative<std::monostate>(node.constant)) {
    v.own_flags[0] = node.type == Type::boolean ? kUnknown : 0;
    return v;
  }
  v.own_flags[0] = 1;
  if (auto const* whole = std::get_if<std::int64_t>(&node.constant)) v.own_whole[0] = *whole;
  if (auto const* decimal = std::get_if<Decimal>(&node.constant)) v.own_whole[0] = decimal->micros;
  if (auto const* date = std::get_if<Date>(&node.constant)) v.own_whole[0] = date->days;
  if (auto const* number = std::get_if<double>(&node.constant)) v.own_number[0] = *number;
  if (auto const* text = std::get_if<std::string>(&node.constant)) v.own_text[0] = *text;
  if (auto const* truth = std::get_if<bool>(&node.constant)) v.own_flags[0] = *truth ? kTrue : kFalse;
  return v;
}

void fill_texts(Vec& v, std::size_t rows) {
  if (v.coded == nullptr) return;
  v.own_text.resize(rows);
  for (std::size_t i = 0; i < rows; ++i)
    if (v.flags[i] != 0) v.own_text[i] = v.coded->dictionary->text(v.coded->codes[i]);
  v.text = v.own_text.data();
  v.coded = nullptr;
}

Vec column_vec(Column const& column, std::size_t rows) {
  Vec v;
  v.type = column.type;
  v.flags = column.present.data();
  if (column.type == Type::boolean) {
    v.own_flags.resize(rows);
    for (std::size_t i = 0; i < rows; ++i)
      v.own_flags[i] = column.present[i] == 0 ? kUnknown : column.whole[i] != 0 ? kTrue : kFalse;
    v.flags = v.own_flags.data();
  }
  v.whole = column.whole.data();
  v.number = column.number.data();
  if (column.type == Type::text && column.form == TextForm::coded) v.coded = &column;
  if (column.type == Type::text && column.form == TextForm::raw) v.text = column.raw.data();
  return v;
}

Vec is_null(BoundNode const& node, Vec const& a, std::size_t n) {
  Vec v = make_vec(Type::boolean, a.constant ? 1 : n);
  v.constant = a.constant;
  bool const truth = a.type == Type::boolean;
  for (std::size_t i = 0; i < v.own_flags.size(); ++i) {
    bool const missing = truth ? a.flags[i] == kUnknown : a.flags[i] == 0;
    v.own_flags[i] = missing != node.negated ? kTrue : kFalse;
  }
  return v;
}

}  // namespace

struct Evaluator::Machine {
  BoundExpression const& bound;
  std::shared_ptr<Dictionary> dictionary = std::make_shared<Dictionary>();  // shared with the columns it returns
  std::vector<CodeCache> caches;
  std::pmr::monotonic_buffer_resource texts{};
  EvaluationError error{};
  std::span<Column const* const> columns{};
  Column const* instead = nullptr;  // stands in for column `instead_slot` while a cache is filled
  std::uint32_t instead_slot = 0;

  explicit Machine(BoundExpression const& b) : bound(b), caches(b.caches) {}

  void begin(std::span<Column const* const> given) {
    columns = given;
    error = {};
    texts.release();
  }

  Column const& column(std::uint32_t slot) const {
    return instead != nullptr && slot == instead_slot ? *instead : *columns[slot];
  }

  Vec run(BoundNode const& node, std::size_t rows) {
    if (node.op == Op::constant) return constant_vec(node);
    if (node.op == Op::column) return column_vec(column(node.slot), rows);
    if (node.cache >= 0 && instead == nullptr && column(node.cached_slot).form == TextForm::coded)
      return from_cache(node, rows);
    return compute(node, rows);
  }

  Vec compute(BoundNode const& node, std::size_t rows);
  Vec call(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);
  void extend(CodeCache& cache, BoundNode const& node, Column const& texts_column);
  Vec from_cache(BoundNode const& node, std::size_t rows);
  Column coded_result(BoundNode const& node, std::size_t rows);
  Column to_column(Vec v, std::size_t rows);
  void code_texts(Vec const& v, std::size_t rows, Column& out);
  Diagnostics failure_of_batch() const {
    std::string const part = bound.text.substr(error.node->at, error.node->end - error.node->at);
    Diagnostic d = error_at(bound.text, bound.place, error.node->at, "overflow", error.message + " in '" + part + "'",
                            "values are limited to about 9.2 million million for decimals and 18 digits for integers");
    d.fault = Fault::data;
    return {std::move(d)};
  }
};

Vec Evaluator::Machine::compute(BoundNode const& node, std::size_t rows) {
  std::vector<Vec> parts;
  parts.reserve(node.parts.size());
  bool constant = true;
  for (BoundNode const& part : node.parts) {
    parts.push_back(run(part, rows));
    if (node.op != Op::is_null) fill_texts(parts.back(), rows);
    constant = constant && parts.back().constant;
  }
  std::size_t const n = constant ? 1 : rows;
  Scratch const scratch{&texts, &error};
  Vec v;
  switch (node.op) {
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not:
      v = logical(node, parts, n);
      break;
    case Op::compare:
      v = compare(node, parts[0], parts[1], n);
      break;
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
    case Op::negate:
      v = arithmetic(node, parts, n, scratch);
      break;
    case Op::to_decimal:
    case Op::to_decimal_saturating:
    case Op::to_number:
      v = convert(node, parts[0], n, scratch);
      break;
    case Op::in_list:
      v = in_list(node, parts[0], n);
      break;
    case Op::like:
      v = like(node, parts[0], parts[1], n);
      break;
    case Op::is_null:
      v = is_null(node, parts[0], n);
      break;
    case Op::case_when:
      v = case_when(node, parts, n);
      break;
    case Op::call:
      v = call(node, parts, n, scratch);
      break;
    case Op::constant:
    case Op::column:
      break;
  }
  v.constant = constant;
  return v;
}

Vec Evaluator::Machine::call(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n,
                             Scratch const& scratch) {
  switch (node.function) {
    case Function::coalesce:
      return coalesce(node, parts, n);
    case Function::nullif:
      return nullif(node, parts, n);
    case Function::least:
    case Function::greatest:
      return least_or_greatest(node, parts, n);
    case Function::round:
    case Function::abs:
    case Function::floor:
    case Function::ceil:
      return rounded(node, parts, n, scratch);
    case Function::wg_disability:
      return wg_disability(parts, n);
    case Function::band:
      return band(parts, n, scratch);
    case Function::lower:
    case Function::trim:
    case Function::length:
    case Function::substr:
    case Function::replace:
    case Function::starts_with:
    case Function::ends_with:
    case Function::contains:
    case Function::concat:
    case Function::text:
      return text_function(node, parts, n, scratch);
    default:
      return date_function(node, parts, n, scratch);
  }
}

/// Computes the subtree for the texts that came to the dictionary since the last time.
void Evaluator::Machine::extend(CodeCache& cache, BoundNode const& node, Column const& source) {
  if (cache.missing.flags == nullptr || cache.dictionary != source.dictionary) {
    cache = {};
    cache.dictionary = source.dictionary;
    Column none;
    none.form = TextForm::raw;
    none.present = {0};
    none.raw = {{}};
    instead = &none;
    instead_slot = node.cached_slot;
    cache.missing = compute(node, 1);
    fill_texts(cache.missing, 1);
    if (node.type == Type::text) {
      bool const present = cache.missing.flags[0] != 0;
      cache.missing.own_whole = {present ? std::int64_t{dictionary->code(cache.missing.text[0])} : 0};
    }
  }
  std::size_t const known = cache.flags.size();
  std::size_t const size = cache.dictionary ? cache.dictionary->size() : 0;
  if (size > known || known == 0) {
    Column fresh;
    fresh.form = TextForm::raw;
    for (std::size_t code = known; code < size; ++code)
      fresh.raw.push_back(cache.dictionary->text(static_cast<std::uint32_t>(code)));
    if (size == 0) fresh.raw.emplace_back();
    fresh.present.assign(fresh.raw.size(), 1);
    instead = &fresh;
    instead_slot = node.cached_slot;
    std::size_t const n = fresh.raw.size();
    Vec const v = compute(node, n);
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t const j = v.at(i);
      cache.flags.push_back(v.flags[j]);
      if (node.type == Type::number) cache.number.push_back(v.number[j]);
      if (node.type == Type::text) cache.codes.push_back(v.flags[j] != 0 ? dictionary->code(v.text[j]) : 0);
      if (v.whole != nullptr) cache.whole.push_back(v.whole[j]);
    }
    if (size == 0) cache.dictionary = nullptr;  // a placeholder was computed: start again when texts arrive
  }
  instead = nullptr;
}

Vec Evaluator::Machine::from_cache(BoundNode const& node, std::size_t rows) {
  Column const& source = column(node.cached_slot);
  CodeCache& cache = caches[static_cast<std::size_t>(node.cache)];
  extend(cache, node, source);
  Vec v = make_vec(node.type, rows);
  std::uint8_t const missing_flag = cache.missing.flags[0];
  for (std::size_t i = 0; i < rows; ++i)
    v.own_flags[i] = source.present[i] != 0 ? cache.flags[source.codes[i]] : missing_flag;
  if (node.type == Type::number)
    for (std::size_t i = 0; i < rows; ++i)
      v.own_number[i] = source.present[i] != 0 ? cache.number[source.codes[i]] : cache.missing.number[0];
  else if (node.type == Type::text)
    for (std::size_t i = 0; i < rows; ++i) {
      if (v.own_flags[i] == 0) continue;
      v.own_text[i] = dictionary->text(source.present[i] != 0 ? cache.codes[source.codes[i]]
                                                              : static_cast<std::uint32_t>(cache.missing.own_whole[0]));
    }
  else if (node.type != Type::boolean)
    for (std::size_t i = 0; i < rows; ++i)
      v.own_whole[i] = source.present[i] != 0 ? cache.whole[source.codes[i]] : cache.missing.whole[0];
  return v;
}

/// A text result that depends on one coded column: codes are looked up, texts never touched.
Column Evaluator::Machine::coded_result(BoundNode const& node, std::size_t rows) {
  Column const& source = column(node.cached_slot);
  CodeCache& cache = caches[static_cast<std::size_t>(node.cache)];
  extend(cache, node, source);
  Column out;
  out.type = Type::text;
  out.dictionary = dictionary;
  out.present.resize(rows);
  out.codes.resize(rows);
  std::uint8_t const missing_flag = cache.missing.flags[0];
  auto const missing_code = static_cast<std::uint32_t>(cache.missing.own_whole[0]);
  for (std::size_t i = 0; i < rows; ++i) {
    bool const present = source.present[i] != 0;
    out.present[i] = present ? cache.flags[source.codes[i]] : missing_flag;
    out.codes[i] = present ? cache.codes[source.codes[i]] : missing_code;
  }
  return out;
}

/// Most results are a few constants, whose texts stand at the same addresses row after row.
void Evaluator::Machine::code_texts(Vec const& v, std::size_t rows, Column& out) {
  struct Known {
    std::string_view text{};
    std::uint32_t code = 0;
    bool used = false;
  };
  std::array<Known, 64> known{};
  out.codes.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (out.present[i] == 0) continue;
    std::string_view const text = v.text[v.at(i)];
    Known& slot = known[(reinterpret_cast<std::uintptr_t>(text.data()) >> 3U) % known.size()];
    if (!slot.used || slot.text.data() != text.data() || slot.text.size() != text.size())
      slot = {text, dictionary->code(text), true};
    out.codes[i] = slot.code;
  }
}

Column Evaluator::Machine::to_column(Vec v, std::size_t rows) {
  Column out;
  out.type = v.type;
  out.present.resize(rows);
  bool const truth = v.type == Type::boolean;
  for (std::size_t i = 0; i < rows; ++i) out.present[i] = truth ? v.flags[v.at(i)] != kUnknown : v.flags[v.at(i)] != 0;
  if (v.type == Type::text) {
    out.dictionary = dictionary;
    code_texts(v, rows, out);
  } else if (v.type == Type::number) {
    if (!v.constant && !v.own_number.empty()) {
      out.number = std::move(v.own_number);
    } else {
      out.number.resize(rows);
      for (std::size_t i = 0; i < rows; ++i) out.number[i] = v.number[v.at(i)];
    }
  } else if (!truth && !v.constant && !v.own_whole.empty()) {
    out.whole = std::move(v.own_whole);
  } else {
    out.whole.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) out.whole[i] = truth ? v.flags[v.at(i)] == kTrue : v.whole[v.at(i)];
  }
  return out;
}

Evaluator::Evaluator(BoundExpression const& bound) : machine_(std::make_unique<Machine>(bound)) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Result<Column> Evaluator::evaluate(std::span<Column const* const> columns, std::size_t rows) {
  Machine& m = *machine_;
  BoundNode const& root = m.bound.root;
  m.begin(columns);
  if (root.op == Op::column) return *columns[root.slot];
  Column out;
  if (root.type == Type::text && root.cache >= 0 && m.column(root.cached_slot).form == TextForm::coded)
    out = m.coded_result(root, rows);
  else
    out = m.to_column(m.run(root, rows), rows);
  if (m.error.node != nullptr) return failure(m.failure_of_batch());
  return out;
}

tl::expected<void, Diagnostics> Evaluator::filter(std::span<Column const* const> columns, std::size_t rows,
                                                  std::vector<std::uint8_t>& keep) {
  Machine& m = *machine_;
  m.begin(columns);
  Vec const v = m.run(m.bound.root, rows);
  keep.resize(rows);
  if (v.constant)
    std::fill(keep.begin(), keep.end(), v.flags[0] == kTrue ? std::uint8_t{1} : std::uint8_t{0});
  else
    for (std::size_t i = 0; i < rows; ++i) keep[i] = static_cast<std::uint8_t>(v.flags[i] >> 1U);
  if (m.error.node != nullptr) return failure(m.failure_of_batch());
  return {};
}

Result<Column> evaluate(BoundExpression const& bound, Batch const& batch) {
  std::vector<Column const*> columns;
  for (std::size_t const i : bound.columns) columns.push_back(&batch.columns[i]);
  return Evaluator(bound).evaluate(columns, batch.rows);
}

}  // namespace yekun
