#include "indicators/parser.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/utf8.h"

namespace yekun {
namespace {

constexpr int kDeepest = 200;
constexpr std::size_t kMostNodes = 20'000;
constexpr int kLongestChain = 1000;

constexpr std::array<std::string_view, 17> kReserved{"and",    "or",  "not",  "in",    "between", "like",
                                                     "escape", "is",  "null", "case",  "when",    "then",
                                                     "else",   "end", "true", "false", "distinct"};

Expr constant(Constant value, Token const& token) {
  Expr e;
  e.constant = std::move(value);
  e.at = token.at;
  e.end = token.finish;
  return e;
}

}  // namespace

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Parser::Parser(std::string_view text, Place place, std::vector<Token> tokens)
    : text_(text), place_(std::move(place)), tokens_(std::move(tokens)) {}

Token const& Parser::peek(std::size_t ahead) const { return tokens_[std::min(next_ + ahead, tokens_.size() - 1)]; }

Token const& Parser::take() {
  Token const& token = peek();
  if (!failed() && next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool Parser::at_symbol(std::string_view symbol) const {
  return !failed() && peek().kind == Token::Kind::symbol && peek().text == symbol;
}

bool Parser::at_word(std::string_view word) const {
  return !failed() && peek().kind == Token::Kind::name && ascii_lower(peek().text) == word;
}

bool Parser::take_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  take();
  return true;
}

bool Parser::take_word(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

std::string Parser::described(Token const& token) const {
  if (token.kind == Token::Kind::end) return "the end of the text";
  return "'" + std::string(text_.substr(token.at, token.finish - token.at)) + "'";
}

void Parser::fail(Token const& token, std::string message, std::string hint) {
  if (failed()) return;
  errors_.push_back(error_at(text_, place_, token.at, "syntax", std::move(message), std::move(hint)));
}

void Parser::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) fail(peek(), "expected '" + std::string(symbol) + "', found " + described(peek()));
}

void Parser::expect_word(std::string_view word) {
  if (!take_word(word)) fail(peek(), "expected '" + std::string(word) + "', found " + described(peek()));
}

void Parser::expect_end() {
  if (peek().kind != Token::Kind::end) fail(peek(), "expected an operator or the end, found " + described(peek()));
}

bool Parser::enter() {
  if (++depth_ <= kDeepest) return true;
  fail(peek(), "the expression is nested more than 200 levels deep", "name parts of it as derived columns");
  return false;
}

Expr Parser::make(Expr::Kind kind, std::string name, std::vector<Expr> parts, std::uint32_t at) {
  if (++nodes_ > kMostNodes) fail(peek(), "the expression has more than 20,000 parts", "put long lists into a lookup");
  Expr e;
  e.kind = kind;
  e.name = std::move(name);
  e.parts = std::move(parts);
  e.at = at;
  e.end = next_ > 0 ? tokens_[next_ - 1].finish : at;
  return e;
}

Expr Parser::expression() {
  if (!enter()) return {};
  Expr e = disjunction();
  --depth_;
  return e;
}

Expr Parser::disjunction() {
  Expr left = conjunction();
  for (int n = 0; take_word("or"); ++n) {
    if (n == kLongestChain) fail(peek(), "more than 1,000 conditions joined by 'or'", "use 'in (...)' or a lookup");
    std::uint32_t const at = left.at;
    std::vector<Expr> parts{std::move(left), conjunction()};
    left = make(Expr::Kind::operation, "or", std::move(parts), at);
  }
  return left;
}

Expr Parser::conjunction() {
  Expr left = negation();
  for (int n = 0; take_word("and"); ++n) {
    if (n == kLongestChain)
      fail(peek(), "more than 1,000 conditions joined by 'and'", "use 'not in (...)' or a lookup");
    std::uint32_t const at = left.at;
    std::vector<Expr> parts{std::move(left), negation()};
    left = make(Expr::Kind::operation, "and", std::move(parts), at);
  }
  return left;
}

Expr Parser::negation() {
  if (!at_word("not")) return comparison();
  std::uint32_t const at = take().at;
  if (!enter()) return {};
  std::vector<Expr> parts{negation()};
  --depth_;
  return make(Expr::Kind::operation, "not", std::move(parts), at);
}

Expr Parser::comparison() {
  Expr left = sum();
  static constexpr std::array<std::string_view, 6> kComparisons{"=", "<>", "<", "<=", ">", ">="};
  for (bool compared = false; !failed();) {
    Token const start = peek();
    bool const symbol = start.kind == Token::Kind::symbol &&
                        std::find(kComparisons.begin(), kComparisons.end(), start.text) != kComparisons.end();
    if (symbol) {
      if (compared) fail(start, "comparisons cannot be chained", "write a < b and b < c, or b between a and c");
      take();
      std::uint32_t const at = left.at;
      std::vector<Expr> parts{std::move(left), sum()};
      left = make(Expr::Kind::operation, start.text, std::move(parts), at);
      compared = true;
      continue;
    }
    bool const negated = at_word("not");
    if (negated) take();
    if (!at_word("in") && !at_word("between") && !at_word("like") && !at_word("is")) {
      if (negated) fail(peek(), "expected 'in', 'between' or 'like' after 'not', found " + described(peek()));
      break;
    }
    left = predicate(std::move(left), negated, start);
    compared = true;
  }
  return left;
}

Expr Parser::predicate(Expr subject, bool negated, Token const& start) {
  std::uint32_t const at = subject.at;
  std::vector<Expr> parts;
  parts.push_back(std::move(subject));
  Expr::Kind kind = Expr::Kind::in;
  std::string escape;
  if (take_word("is")) {
    if (negated) fail(start, "'not is' is not known", "write is not null");
    kind = Expr::Kind::is_null;
    negated = take_word("not");
    if (!at_word("null"))
      fail(peek(), "expected 'null' after 'is', found " + described(peek()), "compare values with =");
    take();
  } else if (take_word("in")) {
    if (!at_symbol("("))
      fail(peek(), "expected '(', found " + described(peek()), "write the values in brackets: in (1, 2)");
    expect_symbol("(");
    if (at_symbol(")")) fail(peek(), "'in ()' needs at least one value");
    do parts.push_back(expression());
    while (take_symbol(","));
    expect_symbol(")");
  } else if (take_word("between")) {
    kind = Expr::Kind::between;
    parts.push_back(sum());
    expect_word("and");
    parts.push_back(sum());
  } else {
    expect_word("like");
    kind = Expr::Kind::like;
    parts.push_back(sum());
    if (take_word("escape")) {
      Token const token = take();
      escape = token.text;
      if (token.kind != Token::Kind::text || count_code_points(escape) != 1)
        fail(token, "expected one character in quotes after 'escape', found " + described(token));
    }
  }
  Expr e = make(kind, "", std::move(parts), at);
  e.negated = negated;
  e.escape = std::move(escape);
  return e;
}

Expr Parser::sum() {
  Expr left = product();
  for (int n = 0; at_symbol("+") || at_symbol("-") || at_symbol("||"); ++n) {
    if (n == kLongestChain) fail(peek(), "more than 1,000 terms in a row", "name parts of it as derived columns");
    std::string const op = take().text;
    std::uint32_t const at = left.at;
    std::vector<Expr> parts{std::move(left), product()};
    left = make(Expr::Kind::operation, op, std::move(parts), at);
  }
  return left;
}

Expr Parser::product() {
  Expr left = unary();
  for (int n = 0; at_symbol("*") || at_symbol("/") || at_symbol("%"); ++n) {
    if (n == kLongestChain) fail(peek(), "more than 1,000 factors in a row", "name parts of it as derived columns");
    std::string const op = take().text;
    std::uint32_t const at = left.at;
    std::vector<Expr> parts{std::move(left), unary()};
    left = make(Expr::Kind::operation, op, std::move(parts), at);
  }
  return left;
}

Expr Parser::unary() {
  if (!at_symbol("-") && !at_symbol("+")) return primary();
  if (!enter()) return {};
  Token const sign = take();
  Expr operand;
  if (sign.text == "-" && peek().kind == Token::Kind::number) {
    operand = number_constant(true);
    operand.at = sign.at;
  } else {
    std::vector<Expr> parts{unary()};
    operand =
        sign.text == "+" ? std::move(parts.front()) : make(Expr::Kind::operation, "neg", std::move(parts), sign.at);
  }
  --depth_;
  return operand;
}

Expr Parser::number_constant(bool negative) {
  Token const token = take();
  std::string const text = (negative ? "-" : "") + token.text;
  if (text.find('.') == std::string::npos) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      fail(token, "the number '" + text + "' is too large", "whole numbers have at most 18 digits");
    return constant(value, token);
  }
  ParsedDecimal const parsed = parse_decimal(token.text.front() == '.' ? (negative ? "-0" : "0") + token.text : text);
  if (parsed.error == DecimalError::too_many_places)
    fail(token, "the number '" + text + "' has more than six decimal places", "decimals have at most six");
  else if (parsed.error != DecimalError::none)
    fail(token,
         "the number '" + text + "' is " + (parsed.error == DecimalError::too_large ? "too large" : "not complete"),
         "write 0.5 or 12.25");
  return constant(parsed.value, token);
}

Expr Parser::primary() {
  Token const token = peek();
  switch (token.kind) {
    case Token::Kind::number:
      return number_constant(false);
    case Token::Kind::text:
      take();
      return constant(token.text, token);
    case Token::Kind::quoted_name:
      return name();
    case Token::Kind::name:
      return word();
    case Token::Kind::symbol:
      if (take_symbol("(")) {
        Expr e = expression();
        expect_symbol(")");
        return e;
      }
      [[fallthrough]];
    case Token::Kind::end:
      break;
  }
  bool const begins = token.kind == Token::Kind::symbol && token.text == "=" && token.at == 0;
  fail(token, "expected a value, found " + described(token), begins ? "leave out the = in front" : "");
  return {};
}

Expr Parser::word() {
  Token const token = peek();
  std::string const lower_case = ascii_lower(token.text);
  if (lower_case == "true" || lower_case == "false") return take(), constant(lower_case == "true", token);
  if (lower_case == "null") return take(), constant({}, token);
  if (lower_case == "case") return case_when();
  if (lower_case == "date" && peek(1).kind == Token::Kind::text) return date_constant();
  if (peek(1).kind == Token::Kind::symbol && peek(1).text == "(" && !is_reserved(lower_case))
    return take(), call(token);
  if (is_reserved(lower_case)) {
    fail(token, "expected a value, found '" + token.text + "'",
         "a column of that name is written in double quotes: \"" + token.text + "\"");
    return {};
  }
  return name();
}

Expr Parser::name() {
  Token const first = take();
  std::string full = first.text;
  while (take_symbol(".")) {
    if (peek().kind != Token::Kind::name && peek().kind != Token::Kind::quoted_name) {
      fail(peek(), "expected a name after '.', found " + described(peek()));
      break;
    }
    full += "." + take().text;
  }
  return make(Expr::Kind::column, std::move(full), {}, first.at);
}

Expr Parser::date_constant() {
  Token const word = take();
  Token const text = take();
  auto const date = parse_iso_date(text.text);
  if (!date) fail(text, "'" + text.text + "' is not a date", "dates are written as date '2025-01-31'");
  Expr e = constant(date.value_or(Date{}), text);
  e.at = word.at;
  return e;
}

Expr Parser::call(Token const& token) {
  expect_symbol("(");
  std::vector<Expr> parts;
  if (at_symbol("*")) fail(peek(), "'*' is not a value here", "only the measure count(*) has a star");
  if (!at_symbol(")")) {
    do parts.push_back(expression());
    while (take_symbol(","));
  }
  expect_symbol(")");
  std::string const function = ascii_lower(token.text);
  if (function == "iif" && parts.size() == 3) return make(Expr::Kind::case_when, "", std::move(parts), token.at);
  return make(Expr::Kind::call, function, std::move(parts), token.at);
}

Expr Parser::case_when() {
  Token const start = take();
  std::vector<Expr> subject;
  std::vector<Expr> parts;
  if (!at_word("when")) subject.push_back(expression());
  if (!at_word("when")) fail(peek(), "expected 'when', found " + described(peek()));
  while (take_word("when")) {
    Expr condition = expression();
    if (!subject.empty()) {
      std::uint32_t const at = condition.at;
      std::vector<Expr> both{subject.front(), std::move(condition)};
      condition = make(Expr::Kind::operation, "=", std::move(both), at);
    }
    parts.push_back(std::move(condition));
    expect_word("then");
    parts.push_back(expression());
  }
  if (take_word("else")) parts.push_back(expression());
  expect_word("end");
  return make(Expr::Kind::case_when, "", std::move(parts), start.at);
}

Result<Expression> parse(std::string_view text, Place const& place) {
  auto tokens = tokenize(text, place);
  if (!tokens) return tl::unexpected<Diagnostics>(std::move(tokens.error()));
  Parser parser(text, place, std::move(*tokens));
  Expression result{parser.expression(), std::string(text), place};
  parser.expect_end();
  if (parser.failed()) return failure(parser.take_errors());
  return result;
}

}  // namespace yekun
