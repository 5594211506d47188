#include "indicators/measure.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "indicators/binder.h"
#include "indicators/parser.h"

namespace yekun {
namespace {

struct Aggregate {
  std::string_view name;
  MeasureKind kind;
  std::string_view usage;
};

constexpr std::array kAggregates{
    Aggregate{"count", MeasureKind::count, "count(*), count(x) or count(distinct x)"},
    Aggregate{"sum", MeasureKind::sum, "sum(x)"},
    Aggregate{"average", MeasureKind::average, "average(x) or average(x weighted by w)"},
    Aggregate{"avg", MeasureKind::average, "average(x) or average(x weighted by w)"},
    Aggregate{"min", MeasureKind::min, "min(x)"},
    Aggregate{"max", MeasureKind::max, "max(x)"},
    Aggregate{"median", MeasureKind::quantile, "median(x)"},
    Aggregate{"quantile", MeasureKind::quantile, "quantile(x, 0.9)"},
    Aggregate{"stddev", MeasureKind::stddev, "stddev(x)"},
    Aggregate{"first", MeasureKind::first, "first(x)"},
    Aggregate{"last", MeasureKind::last, "last(x)"},
    Aggregate{"share", MeasureKind::share, "share(condition)"},
    Aggregate{"new_people", MeasureKind::new_people, "new_people(id)"},
    Aggregate{"returning_people", MeasureKind::returning_people, "returning_people(id)"},
    Aggregate{"people_with", MeasureKind::people_with, "people_with(id, 3) or people_with(id, 2, activity)"},
    Aggregate{"completeness", MeasureKind::completeness, "completeness()"},
    Aggregate{"timeliness", MeasureKind::timeliness, "timeliness()"},
    Aggregate{"retained_people", MeasureKind::retained_people, "retained_people(id) or retained_people(id, condition)"},
};

class MeasureParser {
 public:
  MeasureParser(std::string_view text, Place const& place, std::vector<Token> tokens)
      : text_(text), place_(place), parser_(text, place, std::move(tokens)) {}

  Result<Measure> run() {
    Token const name = parser_.take();
    std::string const word = ascii_lower(name.text);
    auto const known =
        std::find_if(kAggregates.begin(), kAggregates.end(), [&](Aggregate const& a) { return a.name == word; });
    measure_.text = std::string(text_);
    measure_.place = place_;
    if (name.kind != Token::Kind::name || known == kAggregates.end()) {
      unknown(name, word);
    } else {
      measure_.kind = known->kind;
      usage_ = known->usage;
      parser_.expect_symbol("(");
      arguments(word);
      close();
    }
    if (parser_.failed()) return failure(parser_.take_errors());
    return std::move(measure_);
  }

 private:
  void unknown(Token const& name, std::string const& word) {
    std::vector<std::string> names;
    for (Aggregate const& a : kAggregates) names.emplace_back(a.name);
    parser_.fail(name, "expected an aggregate such as sum(x) or count(*), found '" + name.text + "'",
                 word.starts_with("sumif")       ? "write sum(x), and its condition under \"where\""
                 : word.starts_with("countif")   ? "write count(*), and its condition under \"where\""
                 : word.starts_with("averageif") ? "write average(x), and its condition under \"where\""
                                                 : suggestion(word, names));
  }

  Expression argument() {
    Expression e;
    e.root = parser_.expression();
    e.text = std::string(text_);
    e.place = place_;
    return e;
  }

  void arguments(std::string const& word) {
    if (word == "count" && (parser_.take_symbol("*") || parser_.at_symbol(")"))) {
      measure_.kind = MeasureKind::rows;
      return;
    }
    if (is_reporting(measure_.kind)) {
      if (!parser_.at_symbol(")")) parser_.fail(parser_.peek(), "'" + word + "' takes no argument", "write " + usage_);
      return;
    }
    if (parser_.at_word("unique") && parser_.peek(1).kind == Token::Kind::name)
      return parser_.fail(parser_.peek(), "'unique' is no word of measures", "write count(distinct x)");
    if (word == "count" && parser_.take_word("distinct")) measure_.kind = MeasureKind::distinct;
    if (parser_.at_symbol(")"))
      return parser_.fail(parser_.peek(), "'" + word + "' needs an argument", "write " + usage_);
    measure_.argument = argument();
    if (word == "quantile") quantile();
    if (measure_.kind == MeasureKind::average) weight();
    if (measure_.kind == MeasureKind::people_with) people_with();
    if (measure_.kind == MeasureKind::retained_people && parser_.take_symbol(",")) measure_.earlier = argument();
    if (parser_.at_symbol(",")) parser_.fail(parser_.peek(), "too many arguments", "write " + usage_);
  }

  /// The bracket behind the arguments, and nothing more.
  void close() {
    parser_.expect_symbol(")");
    if (parser_.failed() || parser_.peek().kind == Token::Kind::end) return;
    parser_.fail(parser_.peek(), "a measure is one aggregate, found more after it",
                 parser_.at_word("where") || parser_.at_word("if")
                     ? "a condition has a place of its own beside the measure: \"where\": \"region = 'Baku'\""
                     : "give each aggregate an indicator of its own and combine them in a \"formula\"");
  }

  void quantile() {
    parser_.expect_symbol(",");
    Token const token = parser_.take();
    measure_.quantile = token.kind == Token::Kind::number ? std::strtod(token.text.c_str(), nullptr) : -1;
    if (measure_.quantile < 0 || measure_.quantile > 1)
      parser_.fail(token, "a quantile is a number from 0 to 1", "write " + usage_);
  }

  void weight() {
    bool const comma = parser_.take_symbol(",");
    if (parser_.take_word("weight") || parser_.at_word("weighted")) {
      if (parser_.take_word("weighted")) parser_.expect_word("by");
      measure_.weight = argument();
    } else if (comma) {
      parser_.fail(parser_.peek(), "expected 'weight' and the weight", "write " + usage_);
    }
  }

  void people_with() {
    parser_.expect_symbol(",");
    Token const token = parser_.take();
    bool const whole =
        token.kind == Token::Kind::number && token.text.find('.') == std::string::npos && token.text.size() < 10;
    measure_.at_least = whole ? std::strtoll(token.text.c_str(), nullptr, 10) : 0;
    if (measure_.at_least < 1)
      return parser_.fail(token, "people_with takes a whole number of at least 1", "write " + usage_);
    if (parser_.take_symbol(",")) measure_.activity = argument();
  }

  std::string_view text_;
  Place const& place_;
  Parser parser_;
  Measure measure_;
  std::string usage_;
};

std::string_view name_of(Measure const& m) {
  if (m.kind == MeasureKind::quantile && m.quantile == 0.5) return "median";
  if (m.kind == MeasureKind::quantile) return "quantile";
  for (Aggregate const& a : kAggregates)
    if (a.kind == m.kind) return a.name;
  return "count";
}

/// Binds one argument; its errors are added to `errors`.
std::optional<BoundExpression> bind_part(std::optional<Expression> const& part, Schema const& schema, bool condition,
                                         Diagnostics& errors) {
  if (!part) return std::nullopt;
  auto bound = condition ? bind_condition(*part, schema) : bind(*part, schema);
  if (bound) return std::move(*bound);
  errors.insert(errors.end(), bound.error().begin(), bound.error().end());
  return std::nullopt;
}

void check_argument(Measure const& m, BoundExpression const& argument, Diagnostics& errors) {
  Type const type = argument.type();
  bool const numbers = m.kind == MeasureKind::sum || m.kind == MeasureKind::average ||
                       m.kind == MeasureKind::quantile || m.kind == MeasureKind::stddev;
  bool const ordered = m.kind == MeasureKind::min || m.kind == MeasureKind::max || m.kind == MeasureKind::first ||
                       m.kind == MeasureKind::last;
  if ((!numbers && !ordered) || is_numeric(type) || (ordered && type == Type::date)) return;
  std::string const name(name_of(m));
  std::string hint = type == Type::boolean ? "share(condition) gives the share of rows where a condition is true"
                                           : "declare the column's type under \"columns\"";
  errors.push_back(error_at(m.text, m.place, m.argument->root.at, "type",
                            name + " takes " + (ordered ? "a number or a date" : "a number") + ", '" +
                                to_text(m.argument->root) + "' is " + with_article(type),
                            std::move(hint)));
}

Type result_type(Measure const& m, std::optional<BoundExpression> const& argument) {
  switch (m.kind) {
    case MeasureKind::average:
    case MeasureKind::quantile:
    case MeasureKind::stddev:
    case MeasureKind::share:
    case MeasureKind::completeness:
    case MeasureKind::timeliness:
      return Type::number;
    case MeasureKind::sum:
    case MeasureKind::min:
    case MeasureKind::max:
    case MeasureKind::first:
    case MeasureKind::last:
      return argument ? argument->type() : Type::integer;
    default:
      return Type::integer;
  }
}

}  // namespace

Result<Measure> parse_measure(std::string_view text, Place const& place) {
  auto tokens = tokenize(text, place);
  if (!tokens) return tl::unexpected<Diagnostics>(std::move(tokens.error()));
  return MeasureParser(text, place, std::move(*tokens)).run();
}

std::string to_text(Measure const& m) {
  std::string out = std::string(name_of(m)) + "(";
  if (m.kind == MeasureKind::rows) return out + "*)";
  if (is_reporting(m.kind)) return out + ")";
  if (m.kind == MeasureKind::distinct) out += "distinct ";
  out += to_text(m.argument->root);
  if (m.weight) out += " weighted by " + to_text(m.weight->root);
  if (m.kind == MeasureKind::quantile && m.quantile != 0.5) out += ", " + to_shortest(m.quantile);
  if (m.kind == MeasureKind::people_with) out += ", " + std::to_string(m.at_least);
  if (m.activity) out += ", " + to_text(m.activity->root);
  if (m.earlier) out += ", " + to_text(m.earlier->root);
  return out + ")";
}

bool needs_entity_pass(MeasureKind kind) {
  return kind == MeasureKind::new_people || kind == MeasureKind::returning_people || kind == MeasureKind::people_with ||
         kind == MeasureKind::retained_people;
}

bool is_reporting(MeasureKind kind) { return kind == MeasureKind::completeness || kind == MeasureKind::timeliness; }

bool counts_distinct(MeasureKind kind) { return kind == MeasureKind::distinct || needs_entity_pass(kind); }

Result<BoundMeasure> bind(Measure const& m, Schema const& schema) {
  Diagnostics errors;
  BoundMeasure bound;
  bound.kind = m.kind;
  bound.quantile = m.quantile;
  bound.at_least = m.at_least;
  bound.argument = bind_part(m.argument, schema, m.kind == MeasureKind::share, errors);
  bound.weight = bind_part(m.weight, schema, false, errors);
  bound.activity = bind_part(m.activity, schema, false, errors);
  bound.earlier = bind_part(m.earlier, schema, true, errors);
  if (bound.argument) check_argument(m, *bound.argument, errors);
  if (bound.weight && !is_numeric(bound.weight->type()))
    errors.push_back(
        error_at(m.text, m.place, m.weight->root.at, "type",
                 "a weight is a number, '" + to_text(m.weight->root) + "' is " + with_article(bound.weight->type())));
  if (!errors.empty()) return failure(std::move(errors));
  bound.result = result_type(m, bound.argument);
  return bound;
}

}  // namespace yekun
