// Random expressions over a random table, for judges that know nothing of the evaluator.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "indicators/expression.h"
#include "tests/indicators/expression_support.h"

namespace yekun::test {

/// Columns: i, j integer; d, e decimal; x number; s, t text (u raw); b, c boolean; f, g date. A fifth is missing.
class RandomExpressions {
 public:
  explicit RandomExpressions(unsigned seed, bool sqlite) : random_(seed), sqlite_(sqlite) {}

  SmallTable table(std::size_t rows) {
    SmallTable t;
    t.add("i", Type::integer, cells(rows, [&] { return std::to_string(pick(7) - 3); }));
    t.add("j", Type::integer, cells(rows, [&] { return std::to_string(pick(2000) - 1000); }));
    t.add("s", Type::text, cells(rows, [&] { return word(); }));
    t.add("t", Type::text, cells(rows, [&] { return word(); }));
    t.add("u", Type::text, cells(rows, [&] { return word(); }), TextForm::raw);
    t.add("b", Type::boolean, cells(rows, [&] { return std::string(pick(2) ? "true" : "false"); }));
    t.add("c", Type::boolean, cells(rows, [&] { return std::string(pick(2) ? "true" : "false"); }));
    t.add("d", Type::decimal, cells(rows, [&] { return to_text(Decimal{(pick(2000) - 1000) * 12'500}); }));
    t.add("e", Type::decimal, cells(rows, [&] { return to_text(Decimal{pick(9) * 250'000}); }));
    t.add("x", Type::number, cells(rows, [&] { return to_shortest(static_cast<double>(pick(200) - 100) / 8); }));
    t.add("f", Type::date, cells(rows, [&] { return to_iso(date_of(2024, 1, 1) + static_cast<int>(pick(800))); }));
    t.add("g", Type::date, cells(rows, [&] { return to_iso(date_of(1950, 1, 1) + static_cast<int>(pick(27000))); }));
    return t;
  }

  std::string of(Type type, int depth) {
    if (depth <= 0) return leaf(type);
    switch (pick(4)) {
      case 0:
        return leaf(type);
      case 1:
        return choice(type, depth - 1);
      default:
        break;
    }
    switch (type) {
      case Type::boolean:
        return condition(depth - 1);
      case Type::text:
        return text(depth - 1);
      case Type::date:
        return date(depth - 1);
      default:
        return number(type, depth - 1);
    }
  }

  std::int64_t pick(std::int64_t n) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n)); }

 private:
  template <class F>
  std::vector<std::string> cells(std::size_t rows, F make) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < rows; ++i) out.push_back(pick(5) == 0 ? "" : make());
    return out;
  }

  std::string word() {
    static char const* const kWords[] = {"ab", "Ab", "abc", " b ", "50%", "a_c", "x", "ba", "B"};
    return kWords[pick(9)];
  }

  std::string leaf(Type type) {
    switch (type) {
      case Type::integer:
        return pick(3) == 0 ? std::to_string(pick(5) - 2) : pick(2) ? "i" : "j";
      case Type::decimal:
        return pick(3) == 0 ? to_text(Decimal{pick(50) * 250'000 + 125'000}) : pick(2) ? "d" : "e";
      case Type::number:
        return "x";
      case Type::text:
        return pick(3) == 0 ? "'" + word() + "'" : pick(3) == 0 ? "u" : pick(2) ? "s" : "t";
      case Type::boolean:
        return pick(4) == 0 ? "true" : pick(2) ? "b" : "c";
      case Type::date:
        return pick(3) == 0 ? "date '2024-02-29'" : pick(2) ? "f" : "g";
    }
    return "null";
  }

  Type numeric() { return sqlite_ || pick(2) ? Type::integer : pick(2) ? Type::decimal : Type::number; }
  Type comparable() {
    if (pick(3) == 0) return Type::text;
    if (!sqlite_ && pick(3) == 0) return Type::date;
    return numeric();
  }

  std::string choice(Type type, int depth) {
    switch (pick(3)) {
      case 0:
        return "case when " + of(Type::boolean, depth) + " then " + of(type, depth) + " else " + of(type, depth) +
               " end";
      case 1:
        return "coalesce(" + of(type, depth) + ", " + of(type, depth) + ")";
      default:
        return "nullif(" + of(type, depth) + ", " + of(type, depth) + ")";
    }
  }

  std::string condition(int depth) {
    static char const* const kComparisons[] = {"=", "<>", "<", "<=", ">", ">="};
    Type const type = comparable();
    std::string const negation = pick(2) ? " not" : "";
    switch (pick(8)) {
      case 0:
        return "(" + of(Type::boolean, depth) + " and " + of(Type::boolean, depth) + ")";
      case 1:
        return "(" + of(Type::boolean, depth) + " or " + of(Type::boolean, depth) + ")";
      case 2:
        return "(not " + of(Type::boolean, depth) + ")";
      case 3:
        return "(" + of(type, depth) + negation + " in (" + leaf(type) + ", " + leaf(type) + (pick(4) ? "" : ", null") +
               "))";
      case 4:
        return "(" + of(type, depth) + negation + " between " + of(type, depth) + " and " + of(type, depth) + ")";
      case 5:
        return "(" + of(Type::text, depth) + negation + " like '" +
               (pick(2)   ? "a%"
                : pick(2) ? "%b_"
                          : "_!%%") +
               "' escape '!')";
      case 6:
        return "(" + of(type, depth) + " is" + negation + " null)";
      default:
        return "(" + of(type, depth) + " " + kComparisons[pick(6)] + " " + of(type, depth) + ")";
    }
  }

  std::string number(Type type, int depth) {
    static char const* const kOperators[] = {" + ", " - ", " * "};
    if (type == Type::number && pick(2)) return "(" + of(numeric(), depth) + " / " + of(numeric(), depth) + ")";
    if (type == Type::integer && pick(4) == 0) return "length(" + of(Type::text, depth) + ")";
    if (type == Type::integer && pick(4) == 0) return "(" + leaf(type) + " % " + leaf(type) + ")";
    if (!sqlite_ && type == Type::integer && pick(3) == 0) {
      static char const* const kParts[] = {"year", "month", "day", "quarter", "week", "weekday"};
      if (pick(2)) return std::string(kParts[pick(6)]) + "(" + of(Type::date, depth) + ")";
      return (pick(2) ? "age(" : "days_between(") + of(Type::date, depth) + ", " + of(Type::date, depth) + ")";
    }
    if (!sqlite_ && pick(5) == 0)
      return (pick(2) ? "least(" : "greatest(") + of(type, depth) + ", " + of(type, depth) + ")";
    if (!sqlite_ && type == Type::decimal && pick(5) == 0)
      return "round(" + of(type, depth) + ", " + std::to_string(pick(3)) + ")";
    if (pick(6) == 0) return "abs(" + of(type, depth) + ")";
    if (pick(6) == 0) return "(-" + of(type, depth) + ")";
    // Products of leaves only: values stay far from overflow.
    std::string const op = kOperators[pick(3)];
    if (op == " * ") return "(" + leaf(type) + op + leaf(type) + ")";
    return "(" + of(type, depth) + op + of(type, depth) + ")";
  }

  std::string text(int depth) {
    switch (pick(5)) {
      case 0:
        return "lower(" + of(Type::text, depth) + ")";
      case 1:
        return "trim(" + of(Type::text, depth) + ")";
      case 2:
        return "substr(" + of(Type::text, depth) + ", " + std::to_string(1 + pick(3)) + ", " + std::to_string(pick(3)) +
               ")";
      case 3:
        return "replace(" + of(Type::text, depth) + ", 'b', " + leaf(Type::text) + ")";
      default:
        return "(" + of(Type::text, depth) + " || " + of(Type::text, depth) + ")";
    }
  }

  std::string date(int depth) {
    return "(" + of(Type::date, depth) + (pick(2) ? " + " : " - ") + std::to_string(pick(400)) + ")";
  }

  std::mt19937 random_;
  bool sqlite_;
};

}  // namespace yekun::test
