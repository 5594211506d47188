#include "indicators/protect.h"

#include <algorithm>
#include <deque>
#include <tuple>

#include "indicators/disclosure.h"
#include "indicators/formula_value.h"
#include "indicators/protect_figures.h"

namespace yekun {
namespace {

class Suppression {
 public:
  Suppression(PublishedCells& published, Disclosure const& disclosure)
      : published_(published), disclosure_(disclosure) {
    std::vector<PublishedCell> const& cells = published_.cells();
    relations_of_.resize(cells.size());
    users_.resize(cells.size());
    hidden_in_.resize(published_.relations().size());
    for (std::size_t r = 0; r < published_.relations().size(); ++r)
      for (Term const& term : published_.relations()[r]) relations_of_[term.cell].push_back(r);
    for (std::size_t i = 0; i < cells.size(); ++i)
      for (std::size_t const part : cells[i].made_of)
        if (part != i) users_[part].push_back(i);
  }

  void run() {
    for (std::size_t i = 0; i < published_.cells().size(); ++i)
      if (is_small(published_.cells()[i])) suppress(i);
    do complement();
    while (!withstands_attack());
  }

 private:
  bool is_small(PublishedCell const& cell) const {
    if (!cell.value.is_value()) return false;
    Number const threshold = *disclosure_.threshold;
    if (cell.of_people && cell.rows > 0 && compare(static_cast<std::int64_t>(cell.rows), threshold) < 0) return true;
    if (!cell.people) return false;
    auto const small = [&](Number const& n) {
      int const sign = compare(n, std::int64_t{0});
      if (sign == 0) return disclosure_.zeros;
      return compare(sign < 0 ? subtract(std::int64_t{0}, n) : n, threshold) < 0;
    };
    return small(cell.value.number) || (cell.value.low && small(*cell.value.low));
  }

  /// Nothing hides behind a zero: where a table leaves the group out, it is known. Unless zeros are hidden and no table
  /// does.
  bool is_cover(PublishedCell const& cell) const {
    return !is_zero(cell.value.number) || (disclosure_.zeros && !cell.left_out);
  }

  /// With everything made of it; the relations it stands in are looked at again.
  void suppress(std::size_t first) {
    std::vector<std::size_t> stack{first};
    while (!stack.empty()) {
      std::size_t const i = stack.back();
      stack.pop_back();
      PublishedCell& cell = published_.cells()[i];
      if (cell.suppressed || !cell.value.is_value()) continue;
      cell.suppressed = true;
      for (std::size_t const r : relations_of_[i]) {
        hidden_in_[r] += is_cover(cell) ? 1 : 0;
        waiting_.push_back(r);
      }
      for (std::size_t const user : users_[i]) stack.push_back(user);
    }
  }

  /// No relation may have exactly one suppressed cell.
  void complement() {
    while (!waiting_.empty()) {
      std::size_t const r = waiting_.front();
      waiting_.pop_front();
      if (hidden_in_[r] != 1) continue;
      if (auto const next = cheapest(published_.relations()[r])) suppress(*next);
    }
  }

  /// The cell to hide next: above zero before zero, parts before totals, one that leaves the fewest relations with a
  /// single hidden cell, the smallest.
  std::optional<std::size_t> cheapest(LinearRelation const& relation) const {
    std::optional<std::size_t> best;
    std::tuple<bool, bool, std::size_t> best_rank;
    for (Term const& term : relation) {
      PublishedCell const& cell = published_.cells()[term.cell];
      if (cell.suppressed || !cell.value.is_value() || !is_cover(cell)) continue;
      std::tuple const rank{is_zero(cell.value.number), term.cell == relation.front().cell, opened(term.cell)};
      bool const smaller = best && compare(cell.value.number, published_.cells()[*best].value.number) < 0;
      if (best && !(rank < best_rank) && !(rank == best_rank && smaller)) continue;
      best = term.cell;
      best_rank = rank;
    }
    return best;
  }

  /// Relations of the cell in which nothing is hidden yet: each would need one more cell.
  std::size_t opened(std::size_t i) const {
    std::size_t count = 0;
    for (std::size_t const r : relations_of_[i]) count += hidden_in_[r] == 0 ? 1 : 0;
    return count;
  }

  /// Solves for the suppressed cells; whatever can be worked out gets more cover. True if nothing can.
  bool withstands_attack() {
    std::vector<std::uint8_t> unknown;
    for (PublishedCell const& cell : published_.cells()) unknown.push_back(cell.suppressed && is_cover(cell) ? 1 : 0);
    AttackResult const result = attack(published_.relations(), unknown);
    if (result.exhausted) {
      for (std::size_t i = 0; i < unknown.size(); ++i)
        if (unknown[i] != 0) suppress_all_connected(i);
      return true;
    }
    bool safe = true;
    for (std::size_t const i : result.determined) {
      if (exposed_[i]) continue;
      safe = false;
      if (!cover(i)) {
        suppress_all_connected(i);
        exposed_[i] = true;  // nothing more can be hidden: its relations say too little to hide it behind
      }
    }
    return safe;
  }

  bool cover(std::size_t i) {
    for (std::size_t const r : relations_of_[i])
      if (auto const next = cheapest(published_.relations()[r])) {
        suppress(*next);
        return true;
      }
    return false;
  }

  void suppress_all_connected(std::size_t first) {
    std::vector<bool> seen(published_.cells().size(), false);
    std::vector<std::size_t> stack{first};
    while (!stack.empty()) {
      std::size_t const i = stack.back();
      stack.pop_back();
      if (seen[i]) continue;
      seen[i] = true;
      suppress(i);
      for (std::size_t const r : relations_of_[i])
        for (Term const& term : published_.relations()[r]) stack.push_back(term.cell);
    }
  }

  PublishedCells& published_;
  Disclosure const& disclosure_;
  std::vector<std::vector<std::size_t>> relations_of_;
  std::vector<std::vector<std::size_t>> users_;
  std::vector<std::size_t> hidden_in_;  // suppressed cells of each relation
  std::deque<std::size_t> waiting_;
  std::map<std::size_t, bool> exposed_;
};

}  // namespace

void protect(Programme const& programme, IndicatorGraph const& graph, std::span<Answer> answers) {
  Disclosure const& disclosure = programme.disclosure;
  if (!disclosure.threshold && disclosure.round_to <= 1) return;
  PublishedCells published(programme, graph);
  for (Answer const& answer : answers) published.add(answer);
  if (disclosure.threshold) {
    published.relate();
    Suppression(published, disclosure).run();
  }
  for (Answer& answer : answers)
    for (AnswerRow& row : answer.rows)
      for (Figure& figure : row.figures) protect_figure(figure, programme, graph, published);
}

}  // namespace yekun
