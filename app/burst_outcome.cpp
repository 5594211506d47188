#include "app/burst_outcome.h"

#include <fmt/format.h>

#include <algorithm>

namespace yekun {

BurstOutcome::BurstOutcome(std::vector<std::string> members, Console const& console)
    : members_(std::move(members)), console_(console), outcomes_(members_.size()) {}

std::string BurstOutcome::title(std::size_t member) const {
  return members_[member].empty() ? "the overview" : fmt::format("'{}'", members_[member]);
}

void BurstOutcome::add(std::size_t member, MemberOutcome outcome) {
  outcomes_[member] = std::move(outcome);
  for (; printed_ < outcomes_.size() && outcomes_[printed_]; ++printed_) print(printed_);
}

void BurstOutcome::print(std::size_t member) {
  auto const& outcome = *outcomes_[member];
  if (has_errors(outcome.problems)) return;
  Diagnostics fresh;
  for (auto const& problem : outcome.problems)
    if (warned_.insert(to_text(problem, false)).second) fresh.push_back(problem);
  console_.print(fresh);
  for (auto const& path : outcome.paths) (void)console_.write(path + "\n");
}

Exit BurstOutcome::finish(std::string const& out) const {
  Exit worst = Exit::done;
  std::vector<std::string> failed;
  std::size_t unchanged = 0;
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    auto const& outcome = outcomes_[i];
    if (outcome && outcome->unchanged) ++unchanged;
    if (outcome && !has_errors(outcome->problems)) continue;
    Diagnostics problems = outcome ? outcome->problems : Diagnostics{};
    worst = std::max(worst, exit_of(problems));
    for (auto& problem : problems) problem.message = fmt::format("{}: {}", title(i), problem.message);
    console_.print(problems);
    failed.push_back(title(i));
  }
  if (unchanged > 0)
    console_.say(fmt::format("{} of {} reports are unchanged and were not written again (--force writes them)",
                             unchanged, outcomes_.size()));
  if (failed.empty()) return Exit::done;
  constexpr std::size_t kNamed = 20;
  std::size_t const more = failed.size() > kNamed ? failed.size() - kNamed : 0;
  Diagnostic summary;
  summary.fault = Fault::render;
  summary.code = "burst";
  summary.message = fmt::format("{} of {} reports were not written: {}{}", failed.size(), outcomes_.size(),
                                fmt::join(failed.begin(), failed.end() - static_cast<std::ptrdiff_t>(more), ", "),
                                more > 0 ? fmt::format(" and {} more", more) : "");
  if (failed.size() < outcomes_.size())
    summary.hint = fmt::format("the others are in '{}'; the same command writes only what is missing", out);
  console_.print({summary});
  return failed.size() < outcomes_.size() ? std::max(worst, Exit::render) : std::max(worst, Exit::internal);
}

}  // namespace yekun
