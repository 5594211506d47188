// First contacts as lists: of each id its first day.
#include <algorithm>

#include "indicators/partial_states.h"

namespace yekun {

namespace {

/// The lists of first contacts pair ids with days since the first of all.
std::uint32_t since_first(std::int32_t day) { return static_cast<std::uint32_t>(day - kFirstDate.days); }

}  // namespace

PartialBytes contact_bytes(CompiledPlan const& plan, Workers const& workers, std::vector<IdPlaces> const& ids) {
  ListWriter lists(ids);
  for (std::size_t c = 0; c < plan.contacts.size(); ++c) {
    std::vector<std::int32_t> first;
    for (auto const& worker : workers) {
      auto const& days = worker->first_contacts()[c];
      if (first.size() < days.size()) first.resize(days.size(), ScanWorker::kNever);
      for (std::uint32_t id = 0; id < days.size(); ++id) first[id] = std::min(first[id], days[id]);
    }
    IdList list{plan.ids[plan.contacts[c].ids].domain, true, 0, {}, {}};
    for (std::uint32_t id = 0; id < first.size(); ++id) {
      if (first[id] == ScanWorker::kNever) continue;
      list.ids.push_back(id);
      list.others.push_back(since_first(first[id]));
    }
    lists.write(list);
  }
  return {{}, lists.take()};
}

bool load_contacts(KeptBlock const& block, CompiledPlan const& plan, IdTables const& tables, IdNumbers const& numbers,
                   ScanWorker& into) {
  ByteReader lists(block.lists);
  IdList list;
  for (std::size_t c = 0; c < plan.contacts.size(); ++c) {
    std::size_t const domain = plan.ids[plan.contacts[c].ids].domain;
    if (!read_list(lists, numbers, list) || list.domain != domain || !list.pairs || list.with != 0) return false;
    auto& first = into.loaded_contacts()[c];
    std::size_t const limit = tables[domain]->limit();
    if (first.size() < limit) first.resize(limit + limit / 2, ScanWorker::kNever);
    for (std::size_t i = 0; i < list.ids.size(); ++i) {
      if (list.others[i] > since_first(kLastDate.days)) return false;
      std::int32_t& day = first[list.ids[i]];
      day = std::min(day, kFirstDate.days + static_cast<std::int32_t>(list.others[i]));
    }
  }
  return block.states.empty() && lists.done();
}

}  // namespace yekun
