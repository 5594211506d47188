#include "indicators/partial_states.h"

#include <algorithm>

#include "indicators/partial_ids.h"

namespace yekun {

namespace {

bool pairs_ids(AggregateKind kind) { return kind == AggregateKind::id_counts || kind == AggregateKind::id_pairs; }

void write_sum(ExactSum const& sum, ByteWriter& out) {
  auto const [base, words] = sum.words();
  out.whole(base);
  out.count(words.size());
  for (std::int64_t const word : words) out.whole(word);
}

ExactSum read_sum(ByteReader& in) {
  auto const base = static_cast<int>(in.whole(-100, 100));
  std::vector<std::int64_t> words(in.size());
  for (auto& word : words) word = in.whole();
  auto sum = ExactSum::from_words(base, std::move(words));
  if (!sum) in.fail();
  return sum.value_or(ExactSum{});
}

/// A sum of whole numbers: fewer than 2^47 of 64 bits.
Int128 read_whole_sum(ByteReader& in) {
  Int128 const sum = in.wide();
  Int128 constexpr kMost = Int128{1} << 110;
  if (sum < kMost && sum > -kMost) return sum;
  return static_cast<Int128>(in.fail());
}

template <class T>
void write_values(std::vector<T> const& values, ByteWriter& out) {
  out.count(values.size());
  for (T const value : values)
    if constexpr (std::is_same_v<T, double>)
      out.number(value);
    else
      out.whole(value);
}

template <class T>
std::vector<T> read_values(ByteReader& in) {
  std::vector<T> values(in.size());
  for (T& value : values) {
    if (in.failed()) break;
    if constexpr (std::is_same_v<T, double>)
      value = in.number();
    else
      value = in.whole();
  }
  return values;
}

void write_plain(CompiledAggregate const& aggregate, Merged const& state, ByteWriter& out) {
  bool const number = aggregate.type == Type::number;
  switch (aggregate.kind) {
    case AggregateKind::sum:
      return number ? write_sum(state.sum_double, out) : out.wide(state.sum);
    case AggregateKind::first:
    case AggregateKind::last:
      out.whole(state.day);
      out.count(state.order);
      [[fallthrough]];
    case AggregateKind::minimum:
    case AggregateKind::maximum:
      return number ? out.number(state.number) : out.whole(state.whole);
    case AggregateKind::values:
      return number ? write_values(state.numbers, out) : write_values(state.wholes, out);
    case AggregateKind::weighted:
      out.wide(state.sum);
      out.wide(state.weight);
      out.flag(state.overflow);
      [[fallthrough]];
    case AggregateKind::moments:
      write_sum(state.sum_double, out);
      return write_sum(state.squares, out);
    default:
      return;
  }
}

void read_value(bool number, ByteReader& in, Merged& state) {
  if (number)
    state.number = in.number();
  else
    state.whole = in.whole();
}

void read_plain(CompiledAggregate const& aggregate, std::uint64_t order, ByteReader& in, Merged& state) {
  bool const number = aggregate.type == Type::number;
  switch (aggregate.kind) {
    case AggregateKind::sum:
      if (number)
        state.sum_double = read_sum(in);
      else
        state.sum = read_whole_sum(in);
      return;
    case AggregateKind::first:
    case AggregateKind::last:
      state.day = static_cast<std::int32_t>(in.whole(kFirstDate.days, kLastDate.days));
      state.order = in.count() + order;
      return read_value(number, in, state);
    case AggregateKind::minimum:
    case AggregateKind::maximum:
      return read_value(number, in, state);
    case AggregateKind::values:
      if (number)
        state.numbers = read_values<double>(in);
      else
        state.wholes = read_values<std::int64_t>(in);
      return;
    case AggregateKind::weighted:
      state.sum = in.wide();
      state.weight = read_whole_sum(in);
      state.overflow = in.flag();
      [[fallthrough]];
    case AggregateKind::moments:
      state.sum_double = read_sum(in);
      state.squares = read_sum(in);
      return;
    default:
      return;
  }
}

void each_grouping(CompiledPlan const& plan, Workers const& workers, auto&& f) {
  for (auto const& worker : workers)
    for (std::size_t g = 0; g < plan.groupings.size(); ++g) f(g, worker->groups()[g]);
}

void use_state(CompiledPlan const& plan, CompiledAggregate const& aggregate, Accumulator const& state,
               std::uint32_t group, std::vector<IdPlaces>& ids) {
  IdPlaces& mine = ids[plan.ids[*aggregate.ids].domain];
  if (IdSet const* const set = state.ids(group); set != nullptr) set->each([&](std::uint32_t id) { mine.use(id); });
  if (!pairs_ids(aggregate.kind)) return;
  Merged merged;
  state.merge(group, merged);
  for (std::uint64_t const pair : merged.pairs) {
    mine.use(static_cast<std::uint32_t>(pair >> 32));
    if (aggregate.others) ids[plan.ids[*aggregate.others].domain].use(static_cast<std::uint32_t>(pair));
  }
}

/// Writes the groups of all workers.
class Writer {
 public:
  Writer(CompiledPlan const& plan, Workers const& workers, PartialPlace const& place, std::vector<IdPlaces> const& ids)
      : plan_(plan), workers_(workers), place_(place), lists_(ids) {}

  std::optional<PartialBytes> run() {
    out_.count(workers_.size());
    each_grouping(plan_, workers_, [&](std::size_t g, WorkerGroups const& groups) { write(g, groups); });
    return well_ ? std::optional(PartialBytes{out_.take(), lists_.take()}) : std::nullopt;
  }

 private:
  Merged const& merged(Accumulator const& state, std::uint32_t group) {
    merged_.clear();
    state.merge(group, merged_);
    return merged_;
  }

  void write(std::size_t g, WorkerGroups const& groups) {
    std::size_t word = groups.first_reporter_word();
    std::vector<std::vector<std::uint32_t>> codes;
    for (auto const* const coders : {&groups.reporters, &groups.by})
      for (auto const& coder : *coders) codes.push_back(write_texts(*coder, groups, word++));
    out_.count(groups.size() - 1);
    for (std::uint32_t group = 1; group < groups.size(); ++group) {
      write_time(groups, group);
      for (std::size_t d = 0; d < codes.size(); ++d)
        out_.count(codes[d][groups.table->word(group, groups.first_reporter_word() + d)]);
    }
    for (std::size_t a = 0; a < groups.states.size(); ++a)
      for (std::uint32_t group = 1; group < groups.size(); ++group)
        write_state(plan_.groupings[g].aggregates[a], *groups.states[a], group);
  }

  /// The texts that groups have, and by code their places from 1 on.
  std::vector<std::uint32_t> write_texts(DimensionCoder const& coder, WorkerGroups const& groups, std::size_t word) {
    std::vector<std::uint32_t> places(coder.size(), 0);
    std::vector<std::uint32_t> used;
    for (std::uint32_t group = 1; group < groups.size(); ++group) {
      std::uint32_t const code = groups.table->word(group, word);
      if (code == 0 || places[code] != 0) continue;
      used.push_back(code);
      places[code] = static_cast<std::uint32_t>(used.size());
    }
    out_.count(used.size());
    for (std::uint32_t const code : used) out_.text(coder.text(code));
    return places;
  }

  void write_time(WorkerGroups const& groups, std::uint32_t group) {
    if (groups.by_window()) {
      auto const at = std::find(place_.windows.begin(), place_.windows.end(), groups.window(group));
      well_ = well_ && at != place_.windows.end();
      out_.count(static_cast<std::uint64_t>(at - place_.windows.begin()));
      if (!groups.by_report()) return;
    }
    std::int32_t const day = groups.day(group);
    out_.flag(day != kUndated);
    if (day != kUndated) out_.whole(groups.by_report() ? day : std::max(day, place_.first_day));
  }

  void write_state(CompiledAggregate const& aggregate, Accumulator const& state, std::uint32_t group) {
    out_.count(state.rows(group));
    if (state.rows(group) == 0) return;
    if (aggregate.kind == AggregateKind::count) return;
    if (aggregate.ids) return write_ids(aggregate, state, group);
    write_plain(aggregate, merged(state, group), out_);
  }

  void write_ids(CompiledAggregate const& aggregate, Accumulator const& state, std::uint32_t group) {
    list_.domain = plan_.ids[*aggregate.ids].domain;
    list_.pairs = pairs_ids(aggregate.kind);
    list_.with = aggregate.others ? plan_.ids[*aggregate.others].domain + 1 : 0;
    list_.ids.clear();
    list_.others.clear();
    if (IdSet const* const set = state.ids(group); set != nullptr)
      set->each([&](std::uint32_t id) { list_.ids.push_back(id); });
    if (list_.pairs)
      for (std::uint64_t const pair : merged(state, group).pairs) {
        list_.ids.push_back(static_cast<std::uint32_t>(pair >> 32));
        list_.others.push_back(static_cast<std::uint32_t>(pair));
      }
    lists_.write(list_);
  }

  CompiledPlan const& plan_;
  Workers const& workers_;
  PartialPlace const& place_;
  ByteWriter out_{};
  ListWriter lists_;
  Merged merged_{};
  IdList list_{};  // scratch
  bool well_ = true;
};

class Loader {
 public:
  Loader(KeptBlock const& block, CompiledPlan const& plan, IdTables const& tables, IdNumbers const& numbers,
         PartialPlace const& place, ScanWorker& into)
      : in_(block.states),
        lists_(block.lists),
        plan_(plan),
        tables_(tables),
        numbers_(numbers),
        place_(place),
        into_(into) {}

  bool run() {
    for (std::uint64_t blocks = in_.count(); blocks > 0 && well(); --blocks)
      for (std::size_t g = 0; g < plan_.groupings.size() && well(); ++g) load(g);
    return in_.done() && lists_.done();
  }

 private:
  bool well() const { return !in_.failed() && !lists_.failed(); }

  void load(std::size_t g) {
    WorkerGroups& groups = into_.loaded_groups()[g];
    std::vector<std::vector<std::uint32_t>> codes;
    for (auto const* const coders : {&groups.reporters, &groups.by})
      for (auto const& coder : *coders) codes.push_back(read_texts(*coder));
    std::size_t const n = in_.size();
    words_.assign(groups.table->words(), std::vector<std::uint32_t>(n));
    days_.assign(n, 0);
    dated_.assign(n, 0);
    for (std::size_t i = 0; i < n && !in_.failed(); ++i) {
      read_time(groups, i);
      for (std::size_t d = 0; d < codes.size() && !in_.failed(); ++d)
        words_[groups.first_reporter_word() + d][i] = codes[d][in_.count(codes[d].size() - 1)];
    }
    if (in_.failed()) return;
    if (std::size_t const at = groups.by_window() ? 1 : 0; !groups.by_window() || groups.by_report())
      groups.slots->code(days_.data(), dated_.data(), n, words_[at].data());
    std::vector<std::uint32_t const*> keys;
    for (auto const& word : words_) keys.push_back(word.data());
    found_.resize(n);
    groups.table->find(keys, n, found_.data());
    for (std::size_t a = 0; a < groups.states.size(); ++a) {
      groups.states[a]->resize(groups.size());
      for (std::size_t i = 0; i < n && well(); ++i)
        load_state(plan_.groupings[g].aggregates[a], *groups.states[a], found_[i]);
    }
    if (groups.by_report() && groups.size() > groups.compact_at) into_.compact(g);
  }

  /// The codes of the texts that follow, from 1 on.
  std::vector<std::uint32_t> read_texts(DimensionCoder& coder) {
    Column column;
    column.form = TextForm::raw;
    column.raw.resize(in_.size());
    for (auto& text : column.raw) text = in_.text();
    column.present.assign(column.raw.size(), 1);
    std::vector<std::uint32_t> codes(column.raw.size() + 1, 0);
    coder.code(column, column.raw.size(), codes.data() + 1);
    return codes;
  }

  void read_time(WorkerGroups const& groups, std::size_t i) {
    if (groups.by_window()) {
      std::size_t const at = in_.size_below(place_.windows.size());
      if (in_.failed()) return;
      words_[0][i] = static_cast<std::uint32_t>(place_.windows[at]) + 1;
      if (!groups.by_report()) return;
    }
    dated_[i] = in_.flag() ? 1 : 0;
    if (dated_[i] != 0) days_[i] = static_cast<std::int32_t>(in_.whole(kFirstDate.days, kLastDate.days));
  }

  /// Group 0 takes what is in no window any more.
  void load_state(CompiledAggregate const& aggregate, Accumulator& state, std::uint32_t group) {
    state_.clear();
    state_.rows = in_.count();
    if (state_.rows == 0) return;
    if (aggregate.ids) return load_ids(aggregate, state, group);
    read_plain(aggregate, place_.order, in_, state_);
    if (group != 0 && !in_.failed()) state.load(group, state_);
  }

  void load_ids(CompiledAggregate const& aggregate, Accumulator& state, std::uint32_t group) {
    std::size_t const domain = plan_.ids[*aggregate.ids].domain;
    std::size_t const with = aggregate.others ? plan_.ids[*aggregate.others].domain + 1 : 0;
    bool const pairs = pairs_ids(aggregate.kind);
    bool const right =
        read_list(lists_, numbers_, list_) && list_.domain == domain && list_.pairs == pairs && list_.with == with;
    if (!right) lists_.fail();
    if (!right || group == 0) return;
    if (!pairs) {
      state.load_ids(group, list_.ids, tables_[domain]->limit());
      return state.load_rows(group, state_.rows);
    }
    for (std::size_t i = 0; i < list_.ids.size(); ++i)
      state_.pairs.push_back(std::uint64_t{list_.ids[i]} << 32 | list_.others[i]);
    state.load(group, state_);
  }

  ByteReader in_;
  ByteReader lists_;
  CompiledPlan const& plan_;
  IdTables const& tables_;
  IdNumbers const& numbers_;
  PartialPlace const& place_;
  ScanWorker& into_;
  Merged state_{};
  std::vector<std::vector<std::uint32_t>> words_{};
  std::vector<std::int32_t> days_{};
  std::vector<std::uint8_t> dated_{};
  std::vector<std::uint32_t> found_{};
  IdList list_{};
};

}  // namespace

void use_ids(CompiledPlan const& plan, Workers const& workers, std::vector<IdPlaces>& ids) {
  each_grouping(plan, workers, [&](std::size_t g, WorkerGroups const& groups) {
    for (std::size_t a = 0; a < groups.states.size(); ++a)
      for (std::uint32_t group = 1; plan.groupings[g].aggregates[a].ids && group < groups.size(); ++group)
        use_state(plan, plan.groupings[g].aggregates[a], *groups.states[a], group, ids);
  });
  for (auto const& worker : workers)
    for (std::size_t c = 0; c < plan.contacts.size(); ++c) {
      auto const& days = worker->first_contacts()[c];
      for (std::uint32_t id = 0; id < days.size(); ++id)
        if (days[id] != ScanWorker::kNever) ids[plan.ids[plan.contacts[c].ids].domain].use(id);
    }
}

std::optional<PartialBytes> group_bytes(CompiledPlan const& plan, Workers const& workers, PartialPlace const& place,
                                        std::vector<IdPlaces> const& ids) {
  return Writer(plan, workers, place, ids).run();
}

bool load_groups(KeptBlock const& block, CompiledPlan const& plan, IdTables const& tables, IdNumbers const& numbers,
                 PartialPlace const& place, ScanWorker& into) {
  return Loader(block, plan, tables, numbers, place, into).run();
}

}  // namespace yekun
