// Two judges of the evaluator: SQLite, and a slow evaluator of one row at a time that shares no code with it.
#include <sqlite3.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "tests/indicators/random_expressions.h"

using namespace yekun;
using namespace yekun::test;

namespace {

using Truth = std::optional<bool>;

/// One row at a time, straight from the definitions.
class Slow {
 public:
  Slow(SmallTable const& table, std::size_t row) : table_(table), row_(row) {}

  Constant value(Expr const& e) const {
    switch (e.kind) {
      case Expr::Kind::constant:
        return e.constant;
      case Expr::Kind::column:
        return column(e.name);
      case Expr::Kind::operation:
        return operation(e);
      case Expr::Kind::in:
        return of(negated(is_in(e), e.negated));
      case Expr::Kind::between: {
        Truth const low = compared(">=", value(e.parts[0]), value(e.parts[1]));
        Truth const high = compared("<=", value(e.parts[0]), value(e.parts[2]));
        return of(negated(both(low, high), e.negated));
      }
      case Expr::Kind::like: {
        Constant const text = value(e.parts[0]);
        if (is_null(text)) return {};
        return of(
            negated(like(std::get<std::string>(text), std::get<std::string>(value(e.parts[1])), e.escape), e.negated));
      }
      case Expr::Kind::is_null:
        return Constant{is_null(value(e.parts[0])) != e.negated};
      case Expr::Kind::case_when:
        for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2)
          if (truth(value(e.parts[i])) == true) return value(e.parts[i + 1]);
        return e.parts.size() % 2 == 1 ? value(e.parts.back()) : Constant{};
      case Expr::Kind::call:
        return call(e);
    }
    return {};
  }

  static std::string text(Constant const& c) {
    if (is_null(c)) return "null";
    if (auto const* b = std::get_if<bool>(&c)) return *b ? "true" : "false";
    if (auto const* s = std::get_if<std::string>(&c)) return *s;
    if (auto const* d = std::get_if<Date>(&c)) return to_iso(*d);
    if (auto const* n = std::get_if<double>(&c)) return to_shortest(*n);
    if (auto const* m = std::get_if<Decimal>(&c)) return to_text(*m);
    return std::to_string(std::get<std::int64_t>(c));
  }

 private:
  static bool is_null(Constant const& c) { return std::holds_alternative<std::monostate>(c); }
  static Truth truth(Constant const& c) { return is_null(c) ? Truth{} : Truth{std::get<bool>(c)}; }
  static Constant of(Truth t) { return t ? Constant{*t} : Constant{}; }
  static Truth negated(Truth t, bool negate) { return t && negate ? Truth{!*t} : t; }
  static Truth both(Truth a, Truth b) {
    if (a == false || b == false) return false;
    return a && b ? Truth{true} : Truth{};
  }
  static Truth either(Truth a, Truth b) { return negated(both(negated(a, true), negated(b, true)), true); }

  Constant column(std::string const& name) const {
    std::size_t i = 0;
    while (table_.schema.columns[i].name != name) ++i;
    Column const& c = table_.batch.columns[i];
    if (c.present[row_] == 0) return {};
    switch (c.type) {
      case Type::text:
        return std::string(c.form == TextForm::raw ? c.raw[row_] : c.dictionary->text(c.codes[row_]));
      case Type::integer:
        return c.whole[row_];
      case Type::decimal:
        return Decimal{c.whole[row_]};
      case Type::number:
        return c.number[row_];
      case Type::date:
        return Date{static_cast<std::int32_t>(c.whole[row_])};
      case Type::boolean:
        return c.whole[row_] == 1;
    }
    return {};
  }

  static bool is_double(Constant const& c) { return std::holds_alternative<double>(c); }
  static bool is_whole(Constant const& c) { return std::holds_alternative<std::int64_t>(c); }
  static std::int64_t micros(Constant const& c) {
    return is_whole(c) ? std::get<std::int64_t>(c) * 1'000'000 : std::get<Decimal>(c).micros;
  }
  static double number(Constant const& c) {
    if (is_double(c)) return std::get<double>(c);
    return is_whole(c) ? static_cast<double>(std::get<std::int64_t>(c)) : static_cast<double>(micros(c)) / 1e6;
  }

  static Truth compared(std::string const& op, Constant const& a, Constant const& b) {
    if (is_null(a) || is_null(b)) return {};
    int order = 0;
    if (auto const* text = std::get_if<std::string>(&a))
      order = text->compare(std::get<std::string>(b));
    else if (auto const* date = std::get_if<Date>(&a))
      order = date->days - std::get<Date>(b).days;
    else if (auto const* flag = std::get_if<bool>(&a))
      order = int{*flag} - int{std::get<bool>(b)};
    else if (is_double(a) || is_double(b))
      order = number(a) < number(b) ? -1 : number(a) > number(b);
    else
      order = micros(a) < micros(b) ? -1 : micros(a) > micros(b);
    if (op == "=") return order == 0;
    if (op == "<>") return order != 0;
    if (op == "<") return order < 0;
    if (op == "<=") return order <= 0;
    return op == ">" ? order > 0 : order >= 0;
  }

  Truth is_in(Expr const& e) const {
    Truth any = false;
    for (std::size_t i = 1; i < e.parts.size(); ++i)
      any = either(any, compared("=", value(e.parts[0]), value(e.parts[i])));
    return any;
  }

  static bool like(std::string const& text, std::string const& pattern, std::string const& escape) {
    if (pattern.empty()) return text.empty();
    if (!escape.empty() && pattern[0] == escape[0])
      return !text.empty() && text[0] == pattern[1] && like(text.substr(1), pattern.substr(2), escape);
    if (pattern[0] == '%') {
      for (std::size_t i = 0; i <= text.size(); ++i)
        if (like(text.substr(i), pattern.substr(1), escape)) return true;
      return false;
    }
    return !text.empty() && (pattern[0] == '_' || pattern[0] == text[0]) &&
           like(text.substr(1), pattern.substr(1), escape);
  }

  Constant operation(Expr const& e) const {
    Constant const a = value(e.parts[0]);
    if (e.name == "not") return of(negated(truth(a), true));
    if (e.name == "neg") return is_null(a) ? a : calculated("-", Constant{std::int64_t{0}}, a);
    Constant const b = value(e.parts[1]);
    if (e.name == "and") return of(both(truth(a), truth(b)));
    if (e.name == "or") return of(either(truth(a), truth(b)));
    if (e.name == "=" || e.name[0] == '<' || e.name[0] == '>') return of(compared(e.name, a, b));
    if (is_null(a) || is_null(b)) return {};
    if (e.name == "||") return std::get<std::string>(a) + std::get<std::string>(b);
    if (auto const* date = std::get_if<Date>(&a)) {
      auto const days = static_cast<std::int32_t>(std::get<std::int64_t>(b));
      return Date{date->days + (e.name == "+" ? days : -days)};
    }
    return calculated(e.name, a, b);
  }

  static Constant calculated(std::string const& op, Constant const& a, Constant const& b) {
    if (op == "/") return number(b) == 0 ? Constant{} : Constant{number(a) / number(b)};
    if (op == "%")
      return std::get<std::int64_t>(b) == 0 ? Constant{}
                                            : Constant{std::get<std::int64_t>(a) % std::get<std::int64_t>(b)};
    if (is_double(a) || is_double(b))
      return op == "+" ? number(a) + number(b) : op == "-" ? number(a) - number(b) : number(a) * number(b);
    bool const whole = is_whole(a) && is_whole(b);
    std::int64_t const x = whole ? std::get<std::int64_t>(a) : micros(a);
    std::int64_t const y = whole ? std::get<std::int64_t>(b) : micros(b);
    std::int64_t result = op == "+" ? x + y : x - y;
    if (op == "*")
      result = whole ? x * y
                     : static_cast<std::int64_t>(
                           std::llround(static_cast<long double>(x) * static_cast<long double>(y) / 1e6L));
    return whole ? Constant{result} : Constant{Decimal{result}};
  }

  Constant call(Expr const& e) const {
    std::vector<Constant> a;
    for (Expr const& part : e.parts) a.push_back(value(part));
    if (e.name == "coalesce") return is_null(a[0]) ? a[1] : a[0];
    if (e.name == "nullif") return compared("=", a[0], a[1]) == true ? Constant{} : a[0];
    if (e.name == "least" || e.name == "greatest") {
      if (is_null(a[0]) || is_null(a[1])) return is_null(a[0]) ? a[1] : a[0];
      return compared(e.name == "least" ? "<=" : ">=", a[0], a[1]) == true ? a[0] : a[1];
    }
    for (Constant const& c : a)
      if (is_null(c)) return {};
    if (e.name == "abs")
      return compared("<", a[0], Constant{std::int64_t{0}}) == true ? calculated("-", Constant{std::int64_t{0}}, a[0])
                                                                    : a[0];
    if (e.name == "round") {
      auto const step = static_cast<std::int64_t>(std::pow(10, 6 - std::get<std::int64_t>(a[1])));
      std::int64_t const m = micros(a[0]);
      std::int64_t const size = (std::abs(m) + step / 2) / step * step;
      return Decimal{m < 0 ? -size : size};
    }
    if (std::holds_alternative<Date>(a[0])) return date_call(e.name, a);
    return text_call(e.name, a);
  }

  static Constant date_call(std::string const& name, std::vector<Constant> const& a) {
    Date const date = std::get<Date>(a[0]);
    Civil const c = to_civil(date);
    auto const whole = [](int n) { return Constant{std::int64_t{n}}; };
    if (name == "year") return whole(c.year);
    if (name == "month") return whole(c.month);
    if (name == "day") return whole(c.day);
    if (name == "quarter") return whole(c.month <= 3 ? 1 : c.month <= 6 ? 2 : c.month <= 9 ? 3 : 4);
    if (name == "week") return whole(to_iso_week(date).week);
    if (name == "weekday") return whole((date.days % 7 + 10) % 7 + 1);  // 1970-01-01 was a Thursday
    Date const other = std::get<Date>(a[1]);
    if (name == "days_between") return whole(other.days - date.days);
    if (other < date) return {};
    Civil const o = to_civil(other);
    return whole(o.year - c.year - (std::pair(o.month, o.day) < std::pair(c.month, c.day) ? 1 : 0));
  }

  static Constant text_call(std::string const& name, std::vector<Constant> const& a) {
    std::string s = std::get<std::string>(a[0]);
    if (name == "length") return static_cast<std::int64_t>(s.size());
    if (name == "lower") {
      for (char& c : s) c = static_cast<char>(std::tolower(c));
      return s;
    }
    if (name == "trim") {
      std::size_t const first = s.find_first_not_of(' ');
      return first == std::string::npos ? std::string() : s.substr(first, s.find_last_not_of(' ') - first + 1);
    }
    if (name == "substr") {
      auto const from = static_cast<std::size_t>(std::get<std::int64_t>(a[1]) - 1);
      return from >= s.size() ? std::string() : s.substr(from, static_cast<std::size_t>(std::get<std::int64_t>(a[2])));
    }
    std::string out;
    for (char const c : s) out += c == std::get<std::string>(a[1])[0] ? std::get<std::string>(a[2]) : std::string(1, c);
    return out;
  }

  SmallTable const& table_;
  std::size_t row_;
};

/// The same table in SQLite; dates, decimals and numbers are left out.
class Sqlite {
 public:
  explicit Sqlite(SmallTable const& table) {
    REQUIRE(sqlite3_open(":memory:", &db_) == SQLITE_OK);
    run("pragma case_sensitive_like = on");
    run("create table r (n integer, i integer, j integer, s text, t text, u text, b integer, c integer)");
    for (std::size_t row = 0; row < table.batch.rows; ++row) {
      std::string sql = "insert into r values (" + std::to_string(row);
      for (std::size_t c = 0; c < 7; ++c) {
        std::string const text = cell_text(table.batch.columns[c], row);
        bool const quoted = table.schema.columns[c].type == Type::text && text != "null";
        sql += ", " + (quoted ? "'" + text + "'" : text);
      }
      run(sql + ")");
    }
  }
  ~Sqlite() { sqlite3_close(db_); }
  Sqlite(Sqlite const&) = delete;
  Sqlite& operator=(Sqlite const&) = delete;

  std::vector<std::string> values(std::string const& expression, Type type) {
    std::vector<std::string> out;
    sqlite3_stmt* statement = nullptr;
    std::string const sql = "select " + expression + " from r order by n";
    INFO(sql);
    REQUIRE(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      if (sqlite3_column_type(statement, 0) == SQLITE_NULL)
        out.emplace_back("null");
      else if (type == Type::boolean)
        out.emplace_back(sqlite3_column_int(statement, 0) != 0 ? "true" : "false");
      else if (type == Type::number)
        out.push_back(to_shortest(sqlite3_column_double(statement, 0)));
      else
        out.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return out;
  }

 private:
  void run(std::string const& sql) { REQUIRE(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK); }
  sqlite3* db_ = nullptr;
};

/// Division of integers truncates in SQLite.
std::string for_sqlite(Expr const& e) {
  if (e.kind == Expr::Kind::operation && e.name == "/")
    return "(cast(" + for_sqlite(e.parts[0]) + " as real) / (" + for_sqlite(e.parts[1]) + "))";
  Expr copy = e;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < e.parts.size(); ++i) {
    parts.push_back(for_sqlite(e.parts[i]));
    copy.parts[i] = Expr{};
    copy.parts[i].kind = Expr::Kind::column;
    copy.parts[i].name = "p" + std::to_string(i) + "q";
  }
  std::string text = to_text(copy);
  for (std::size_t i = parts.size(); i-- > 0;) {
    std::string const mark = "p" + std::to_string(i) + "q";
    text.replace(text.find(mark), mark.size(), "(" + parts[i] + ")");
  }
  return text;
}

constexpr Type kTypes[] = {Type::boolean, Type::text, Type::integer, Type::number, Type::decimal, Type::date};

}  // namespace

TEST_CASE("a slow evaluator of one row at a time agrees on random expressions", "[indicators]") {
  RandomExpressions random(42, false);
  SmallTable const table = random.table(60);
  for (int n = 0; n < 3000; ++n) {
    std::string const text = random.of(kTypes[n % 6], 4);
    INFO(text);
    auto const parsed = parse(text);
    REQUIRE(parsed);
    std::vector<std::string> const fast = values(text, table);
    std::vector<std::string> slow;
    for (std::size_t row = 0; row < table.batch.rows; ++row)
      slow.push_back(Slow::text(Slow(table, row).value(parsed->root)));
    REQUIRE(fast == slow);
  }
}

TEST_CASE("SQLite agrees on random expressions", "[indicators]") {
  RandomExpressions random(7, true);
  SmallTable const table = random.table(60);
  Sqlite sqlite(table);
  for (int n = 0; n < 2000; ++n) {
    Type const type = kTypes[n % 4];
    std::string const text = type == Type::number
                                 ? "(" + random.of(Type::integer, 3) + " / " + random.of(Type::integer, 3) + ")"
                                 : random.of(type, 4);
    INFO(text);
    auto const parsed = parse(text);
    REQUIRE(parsed);
    REQUIRE(values(text, table) == sqlite.values(for_sqlite(parsed->root), type));
  }
}

TEST_CASE("the canonical text of a random expression gives the same tree again", "[indicators]") {
  RandomExpressions random(99, false);
  for (int n = 0; n < 2000; ++n) {
    std::string const text = random.of(kTypes[n % 6], 5);
    auto const once = parse(text);
    REQUIRE(once);
    std::string const canonical = to_text(once->root);
    auto const twice = parse(canonical);
    INFO(canonical);
    REQUIRE(twice);
    REQUIRE(to_text(twice->root) == canonical);
  }
}
