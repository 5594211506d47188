// How types meet: promotion of numbers, texts that are dates, and what each function takes.
#include <algorithm>

#include "indicators/binder.h"

namespace yekun {
namespace {

constexpr std::int64_t kMostBound = 1'000'000'000;

}  // namespace

bool is_numeric(Type type) { return type == Type::integer || type == Type::decimal || type == Type::number; }

std::string with_article(Type type) {
  std::string const name(to_text(type));
  return (type == Type::integer ? "an " : "a ") + name;
}

std::string Binder::words(BoundNode const& n) const {
  std::string text = source_.text.substr(n.at, n.end - n.at);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return "'" + text + "' is " + with_article(n.type);
}

bool Binder::require_boolean(BoundNode& n, std::string const& what) {
  if (n.untyped) n.type = Type::boolean;
  if (n.type == Type::boolean) return true;
  report(n.at, "type", what + " must be true or false, " + words(n), "compare it with something, for instance with =");
  n.untyped = true;
  return false;
}

bool Binder::to_date_constant(BoundNode& n) {
  auto const* text = std::get_if<std::string>(&n.constant);
  auto const date = text ? parse_iso_date(*text) : std::nullopt;
  n.type = Type::date;
  if (!text) return true;
  if (!date) {
    report(n.at, "not-a-date", "'" + *text + "' is compared with a date but is not one",
           "dates are written as '2025-01-31'");
    n.untyped = true;
    n.constant = {};
    return false;
  }
  n.constant = *date;
  return true;
}

void Binder::convert(BoundNode& n, Type type, bool comparing) {
  if (n.type == type || n.untyped) {
    n.type = type;
    return;
  }
  Op const op = type == Type::number ? Op::to_number : comparing ? Op::to_decimal_saturating : Op::to_decimal;
  BoundNode outer;
  outer.op = op;
  outer.type = type;
  outer.at = n.at;
  outer.end = n.end;
  outer.parts.push_back(std::move(n));
  n = fold(std::move(outer));
}

bool Binder::unify(std::vector<BoundNode>& nodes, bool comparing, Expr const& e, std::string const& doing) {
  BoundNode const* first = nullptr;
  for (BoundNode const& n : nodes)
    if (!n.untyped && (first == nullptr || (first->type == Type::text && n.type == Type::date))) first = &n;
  if (first == nullptr) return true;
  Type type = first->type;
  std::string const first_words = words(*first);
  bool good = true;
  for (BoundNode& n : nodes) {
    if (n.untyped || n.type == type) continue;
    if (is_numeric(n.type) && is_numeric(type)) {
      type = std::max(type, n.type);  // integer < decimal < number
    } else if (type == Type::date && n.type == Type::text && n.op == Op::constant) {
      good = to_date_constant(n) && good;
    } else {
      std::string hint = "both sides must be of one type; text(x) makes a text of a value";
      if ((n.type == Type::text) != (type == Type::text))
        hint =
            "a column without a declared type is text: declare it under \"columns\"; numbers are written without "
            "quotes";
      std::string message = "cannot " + doing + " ";
      message.append(to_text(type)).append(" and ").append(to_text(n.type));
      message.append(": ").append(first_words).append(", ").append(words(n));
      report(e.at, "type", std::move(message), std::move(hint));
      return false;
    }
  }
  for (BoundNode& n : nodes) convert(n, type, comparing);
  return good;
}

bool Binder::require(BoundNode& n, char letter, std::string_view function) {
  bool good = false;
  std::string expected;
  Type type = Type::text;
  switch (letter) {
    case 't':
      expected = "a text";
      break;
    case 'i':
      expected = "an integer", type = Type::integer;
      break;
    case 'd':
      expected = "a date", type = Type::date;
      if (n.op == Op::constant && n.type == Type::text && !n.untyped) return to_date_constant(n);
      break;
    case 'n':
      expected = "a number", type = Type::integer, good = is_numeric(n.type);
      break;
    default:
      return true;
  }
  if (n.untyped) n.type = type;
  if (good || n.type == type) return true;
  report(n.at, "type", std::string(function) + " takes " + expected + ", " + words(n),
         n.type == Type::text ? "a column without a declared type is text: declare it under \"columns\"" : "");
  return false;
}

BoundNode Binder::date_arithmetic(Expr const& e, BoundNode left, BoundNode right) {
  bool const minus = e.name == "-";
  if (minus && left.type == Type::date && right.type == Type::text && right.op == Op::constant) to_date_constant(right);
  bool const both = left.type == Type::date && right.type == Type::date;
  bool const date_first = left.type == Type::date && right.type == Type::integer;
  bool const date_last = left.type == Type::integer && right.type == Type::date;
  if (!(minus && both) && !date_first && !(date_last && !minus)) {
    report(e.at, "type", "cannot calculate with dates so: " + words(left) + ", " + words(right),
           "a date plus or minus whole days is a date, a date minus a date is a number of days");
    return mistake(e);
  }
  std::vector<BoundNode> parts;
  parts.push_back(std::move(left));
  parts.push_back(std::move(right));
  return node(minus ? Op::subtract : Op::add, both ? Type::integer : Type::date, std::move(parts), e);
}

BoundNode Binder::bind_arithmetic(Expr const& e) {
  std::vector<BoundNode> parts;
  for (Expr const& part : e.parts) parts.push_back(bind(part));
  if (e.name == "||") {
    for (BoundNode& part : parts)
      if (!require(part, 't', "||")) return mistake(e);
    BoundNode n = node(Op::add, Type::text, std::move(parts), e);
    return n;
  }
  if (parts.size() == 2 && (parts[0].type == Type::date || parts[1].type == Type::date) && !parts[0].untyped &&
      !parts[1].untyped && (e.name == "+" || e.name == "-"))
    return date_arithmetic(e, std::move(parts[0]), std::move(parts[1]));
  for (BoundNode& part : parts)
    if (!require(part, 'n', "'" + (e.name == "neg" ? "-" : e.name) + "'")) return mistake(e);
  if (!unify(parts, false, e, "calculate with")) return mistake(e);
  if (e.name == "/")
    for (BoundNode& part : parts) convert(part, Type::number, false);
  Type const type = parts.front().type;
  Op const op = e.name == "+"   ? Op::add
                : e.name == "-" ? Op::subtract
                : e.name == "*" ? Op::multiply
                : e.name == "/" ? Op::divide
                : e.name == "%" ? Op::modulo
                                : Op::negate;
  return node(op, type, std::move(parts), e);
}

BoundNode Binder::unknown_function(Expr const& e) {
  std::vector<std::string> names;
  for (FunctionInfo const& known : all_functions()) names.emplace_back(known.name);
  static constexpr std::string_view kAggregates[] = {"sum", "count", "average", "avg", "min", "max", "median"};
  bool const aggregate = std::find(std::begin(kAggregates), std::end(kAggregates), e.name) != std::end(kAggregates);
  report(e.at, "unknown-function", "unknown function '" + e.name + "'",
         aggregate ? "an aggregate is the measure of an indicator; this expression is about one row"
                   : suggestion(e.name, names));
  return mistake(e);
}

/// What the letters of FunctionInfo cannot say: arguments that must be written out.
bool Binder::check_written_arguments(FunctionInfo const& info, std::vector<BoundNode> const& parts) {
  if (info.function == Function::band) return check_bounds(info, parts);
  bool const places = info.function == Function::round && parts.size() == 2;
  if (!places && info.function != Function::date_add) return true;
  BoundNode const& last = parts.back();
  static constexpr std::string_view kUnits[] = {"days", "weeks", "months", "years"};
  auto const* count = std::get_if<std::int64_t>(&last.constant);
  auto const* unit = std::get_if<std::string>(&last.constant);
  bool const known =
      places ? count != nullptr && *count >= 0 && *count <= 6
             : unit != nullptr && std::find(std::begin(kUnits), std::end(kUnits), *unit) != std::end(kUnits);
  if (last.op == Op::constant && known) return true;
  report(last.at, "arguments",
         places ? "the places of round are written as a number from 0 to 6"
                : "the unit of date_add is written as 'days', 'weeks', 'months' or 'years'",
         "write " + std::string(info.usage));
  return false;
}

bool Binder::check_bounds(FunctionInfo const& info, std::vector<BoundNode> const& parts) {
  std::int64_t before = 0;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto const* bound = std::get_if<std::int64_t>(&parts[i].constant);
    bool const good = bound != nullptr && *bound > -kMostBound && *bound < kMostBound && (i == 1 || *bound > before);
    if (parts[i].op != Op::constant || !good) {
      report(parts[i].at, "arguments", "the lower bounds of bands are whole numbers that rise",
             "write " + std::string(info.usage));
      return false;
    }
    before = *bound;
  }
  return true;
}

BoundNode Binder::bind_call(Expr const& e) {
  FunctionInfo const* info = find_function(e.name);
  std::vector<BoundNode> parts;
  for (Expr const& part : e.parts) parts.push_back(bind(part));
  if (info == nullptr) return unknown_function(e);
  std::string const usage(info->usage);
  if (parts.size() < info->least || parts.size() > info->most) {
    std::string const count = std::to_string(parts.size()) + (parts.size() == 1 ? " argument" : " arguments");
    report(e.at, "arguments", "'" + e.name + "' has " + count, "write " + usage);
    return mistake(e);
  }
  bool good = true;
  for (std::size_t i = 0; i < parts.size(); ++i)
    good = require(parts[i], info->arguments[std::min(i, info->arguments.size() - 1)], usage) && good;
  if (!good || (info->arguments[0] == 'a' && !unify(parts, false, e, "use together"))) return mistake(e);
  if (!check_written_arguments(*info, parts)) return mistake(e);
  Type type = parts.front().type;
  if (info->result == 't') type = Type::text;
  if (info->result == 'i' || (info->result == 'w' && type == Type::decimal)) type = Type::integer;
  if (info->result == 'd') type = Type::date;
  if (info->result == 'b') type = Type::boolean;
  bool const untyped =
      info->result == '=' && std::all_of(parts.begin(), parts.end(), [](BoundNode const& n) { return n.untyped; });
  BoundNode n = node(Op::call, type, std::move(parts), e);
  n.function = info->function;
  n.untyped = untyped;
  return n;
}

}  // namespace yekun
