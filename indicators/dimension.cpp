#include "indicators/dimension.h"

#include <algorithm>

namespace yekun {
namespace {

std::string quoted(std::string_view text) {
  Expr e;
  e.constant = std::string(text);
  return to_text(e);
}

std::string banded(std::string const& subject, std::vector<std::int64_t> const& bands) {
  std::string out = "band(" + subject;
  for (std::int64_t const bound : bands) out += ", " + std::to_string(bound);
  return out + ")";
}

std::string mapped(std::string const& subject, Dimension const& dimension) {
  std::string out = "case";
  for (auto const& [value, group] : dimension.mapping)
    out += " when " + subject + " = " + quoted(value) + " then " + quoted(group);
  if (dimension.other.empty()) return out + " else " + subject + " end";
  return out + " when " + subject + " is null then null else " + quoted(dimension.other) + " end";
}

Diagnostic problem(Dimension const& dimension, std::string code, std::string message, std::string hint) {
  Diagnostic d;
  d.code = std::move(code);
  d.place = dimension.place;
  d.message = std::move(message);
  d.hint = std::move(hint);
  return d;
}

std::string canonical(std::string const& text) {
  auto const parsed = parse(text);
  return parsed ? to_text(parsed->root) : text;
}

/// The combination is a column of the rows, which the entity pass fills.
Result<DimensionRule> combined_rule(Dimension const& dimension, Schema const& schema) {
  if (auto parts = resolve_combination(dimension, schema); !parts) return failure(std::move(parts.error()));
  DimensionRule rule;
  rule.expression = quote_name(combination_column(dimension));
  if (dimension.overlaps == 0) return rule;
  rule.split = kCombined;
  rule.overlaps = dimension.overlaps;
  return rule;
}

}  // namespace

std::vector<std::string> band_names(std::vector<std::int64_t> const& bands) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    std::string const from = std::to_string(bands[i]);
    if (i + 1 == bands.size())
      names.push_back(from + "+");
    else
      names.push_back(bands[i + 1] - bands[i] <= 1 ? from : from + "-" + std::to_string(bands[i + 1] - 1));
  }
  return names;
}

Result<DimensionRule> resolve_column(std::string_view name, Schema const& schema) {
  auto const found = find_column(schema, name);
  if (!found) {
    Diagnostic d;
    d.code = "unknown-dimension";
    d.message = found.error().message;
    d.hint = found.error().hint;
    return failure(std::move(d));
  }
  Expr column;
  column.kind = Expr::Kind::column;
  column.name = schema.columns[*found].name;
  DimensionRule rule;
  rule.expression = to_text(column);
  return rule;
}

std::string combination_column(Dimension const& dimension) { return dimension.id + " by " + dimension.combined_by; }

std::vector<std::string> combined_values(std::string_view combination) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at <= combination.size();) {
    std::size_t const end = std::min(combination.find(kCombined, at), combination.size());
    values.emplace_back(combination.substr(at, end - at));
    at = end + kCombined.size();
  }
  return values;
}

Result<Combination> resolve_combination(Dimension const& dimension, Schema const& schema) {
  Dimension single = dimension;
  single.combined_by.clear();
  auto value = resolve_dimension(single, schema);
  if (!value) return failure(std::move(value.error()));
  Combination out;
  out.value = std::move(*value);
  auto const entity = parse(dimension.combined_by, dimension.place).and_then([&](Expression const& e) {
    out.entity = to_text(e.root);
    return bind(e, schema);
  });
  if (!entity) return failure(entity.error());
  if (dimension.where.empty()) return out;
  auto const where = parse(dimension.where, dimension.where_place).and_then([&](Expression const& e) {
    out.where = to_text(e.root);
    return bind_condition(e, schema);
  });
  if (!where) return failure(where.error());
  return out;
}

Result<DimensionRule> resolve_dimension(Dimension const& dimension, Schema const& schema) {
  if (!dimension.combined_by.empty()) return combined_rule(dimension, schema);
  if (!std::is_sorted(dimension.bands.begin(), dimension.bands.end(), std::less_equal<>()))
    return failure(problem(dimension, "bands", "the bands of dimension '" + dimension.id + "' do not rise",
                           "write the lower bounds in order, each once: [0, 5, 12, 18, 60]"));
  std::string text = dimension.of;
  if (text.empty()) {
    auto column = resolve_column(dimension.id, schema);
    if (!column) {
      for (auto& one : column.error()) one.place = dimension.place;
      return column;
    }
    text = column->expression;
  }
  auto parsed = parse(text, dimension.place);
  if (!parsed) return tl::unexpected<Diagnostics>(std::move(parsed.error()));
  auto bound = bind(*parsed, schema);
  if (!bound) return tl::unexpected<Diagnostics>(std::move(bound.error()));
  Type const type = bound->type();
  bool const numeric = type == Type::integer || type == Type::decimal || type == Type::number;
  if (!dimension.bands.empty() && !numeric)
    return failure(problem(dimension, "bands",
                           "the bands of dimension '" + dimension.id + "' need a number, '" + to_text(parsed->root) +
                               "' is a " + std::string(to_text(type)),
                           "declare the column's type, or use age(birth, on)"));
  if (!dimension.split.empty() && type != Type::text)
    return failure(problem(dimension, "split",
                           "dimension '" + dimension.id + "' splits a text, '" + to_text(parsed->root) + "' is a " +
                               std::string(to_text(type)),
                           ""));
  DimensionRule rule;
  rule.expression = to_text(parsed->root);
  rule.split = dimension.split;
  if (!dimension.bands.empty()) rule.expression = banded(rule.expression, dimension.bands);
  if (!dimension.mapping.empty() && !rule.split.empty()) {
    rule.mapping = dimension.mapping;
    rule.other = dimension.other;
  } else if (!dimension.mapping.empty()) {
    bool const banded_already = !dimension.bands.empty();
    std::string const subject =
        banded_already || type == Type::text ? rule.expression : "text(" + rule.expression + ")";
    rule.expression = mapped("(" + subject + ")", dimension);
  }
  rule.expression = canonical(rule.expression);
  return rule;
}

std::vector<std::string> ordered_values(Dimension const& dimension, std::vector<std::string> values) {
  std::vector<std::string> order = dimension.order;
  if (order.empty() && !dimension.bands.empty()) {
    order = band_names(dimension.bands);
    order.insert(order.begin(), "<" + std::to_string(dimension.bands.front()));
  }
  auto const rank = [&](std::string const& value) {
    return std::find(order.begin(), order.end(), value) - order.begin();
  };
  std::sort(values.begin(), values.end(), [&](std::string const& a, std::string const& b) {
    auto const x = rank(a);
    auto const y = rank(b);
    return x != y ? x < y : a < b;
  });
  return values;
}

}  // namespace yekun
