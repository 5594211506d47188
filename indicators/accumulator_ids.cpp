// States that are about ids: which there are, how often, and with what.
#include <unordered_map>
#include <unordered_set>

#include "indicators/accumulator_states.h"

namespace yekun {

namespace {

class Distinct final : public States<IdSet> {
 public:
  void add(AccumulateInput const& in) override {
    constexpr std::size_t kAhead = 24;
    std::size_t const rows = in.runs.empty() ? 0 : in.runs.back().end;
    GroupRun const* next = in.runs.data();  // the run of the row kAhead rows ahead
    for (GroupRun const& run : in.runs) {
      IdSet& set = states_[run.group];
      for (std::size_t i = run.begin; i < run.end; ++i) {
        if (std::size_t const ahead = i + kAhead; ahead < rows) {
          while (next->end <= ahead) ++next;
          if (in.use[ahead] != 0) states_[next->group].prefetch(in.ids[ahead]);
        }
        if (in.use[i] == 0) continue;
        ++counts_[run.group];
        set.add(in.ids[i], in.id_limit, chunks_);
      }
    }
  }
  void keep(std::span<std::uint32_t const> groups) override {
    std::vector<std::uint8_t> kept(states_.size(), 0);
    for (std::uint32_t const group : groups) kept[group] = 1;
    for (std::size_t group = 0; group < kept.size(); ++group)
      if (kept[group] == 0) states_[group].clear(chunks_);
    States::keep(groups);
  }
  IdSet const* ids(std::uint32_t group) const override { return &states_[group]; }

 private:
  BitChunks chunks_{};
};

/// How often each id occurs.
class IdCounts final : public States<std::unordered_map<std::uint32_t, std::uint32_t>> {
 public:
  void add(AccumulateInput const& in) override {
    each_used(in, [&](auto& counts, std::size_t i) { ++counts[in.ids[i]]; });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    for (auto const& [id, count] : states_[group]) merged.pairs.push_back(std::uint64_t{id} << 32 | count);
  }
};

/// Which others each id occurs with.
class IdPairs final : public States<std::unordered_set<std::uint64_t>> {
 public:
  void add(AccumulateInput const& in) override {
    each_used(in, [&](auto& pairs, std::size_t i) { pairs.insert(std::uint64_t{in.ids[i]} << 32 | in.others[i]); });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.pairs.insert(merged.pairs.end(), states_[group].begin(), states_[group].end());
  }
};

}  // namespace

std::unique_ptr<Accumulator> make_id_accumulator(AggregateKind kind) {
  if (kind == AggregateKind::distinct) return std::make_unique<Distinct>();
  if (kind == AggregateKind::id_counts) return std::make_unique<IdCounts>();
  return std::make_unique<IdPairs>();
}

}  // namespace yekun
