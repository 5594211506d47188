// States that are about ids: which there are, how often, and with what.
#include <unordered_map>
#include <unordered_set>

#include "indicators/accumulator_states.h"

namespace yekun {

namespace {

class Distinct final : public States<IdSet> {
 public:
  void add(AccumulateInput const& in) override {
    pack(in);
    constexpr std::size_t kAhead = 24;
    GroupRun const* next = runs_.data();  // the run of the id kAhead further on
    for (GroupRun const& run : runs_) {
      IdSet& set = states_[run.group];
      for (std::size_t i = run.begin; i < run.end; ++i) {
        if (std::size_t const ahead = i + kAhead; ahead < ids_.size()) {
          while (next->end <= ahead) ++next;
          states_[next->group].prefetch(ids_[ahead]);
        }
        set.add(ids_[i], in.id_limit, chunks_);
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
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    loaded_.resize(states_.size());
    loaded_[group] = static_cast<std::uint64_t>(state.whole);
  }
  std::optional<std::uint64_t> id_count(std::uint32_t group) const override {
    return group < loaded_.size() ? std::optional(loaded_[group]) : std::nullopt;
  }
  void load_ids(std::uint32_t group, std::span<std::uint32_t const> ids, std::uint32_t id_limit) override {
    states_[group].add_all(ids, id_limit, chunks_);
  }

 private:
  /// Lists and counts the ids of the rows used, without branches: which ones are cannot be foreseen.
  void pack(AccumulateInput const& in) {
    runs_.clear();
    ids_.resize(in.runs.empty() ? 0 : in.runs.back().end + std::size_t{1});
    std::uint32_t used = 0;
    for (GroupRun const& run : in.runs) {
      std::uint32_t const begin = used;
      for (std::size_t i = run.begin; i < run.end; ++i) {
        ids_[used] = in.ids[i];
        used += in.use[i];
      }
      counts_[run.group] += used - begin;
      if (used > begin) runs_.push_back({run.group, begin, used});
    }
    ids_.resize(used);
  }

  BitChunks chunks_{};
  std::vector<std::uint64_t> loaded_{};  // numbers of ids, by group; empty: the ids are known
  std::vector<GroupRun> runs_{};         // scratch
  std::vector<std::uint32_t> ids_{};     // scratch
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
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    for (std::uint64_t const pair : state.pairs)
      states_[group][static_cast<std::uint32_t>(pair >> 32)] += static_cast<std::uint32_t>(pair);
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
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    states_[group].insert(state.pairs.begin(), state.pairs.end());
  }
};

}  // namespace

std::unique_ptr<Accumulator> make_id_accumulator(AggregateKind kind) {
  if (kind == AggregateKind::distinct) return std::make_unique<Distinct>();
  if (kind == AggregateKind::id_counts) return std::make_unique<IdCounts>();
  return std::make_unique<IdPairs>();
}

}  // namespace yekun
