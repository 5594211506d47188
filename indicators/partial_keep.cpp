#include "indicators/partial_keep.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "data-loaders/digest.h"

namespace yekun {

namespace {

/// A segment grows by those that are at most so many times what is added: a part is written again only a few times
/// while the files become many.
constexpr std::size_t kGrowth = 2;

/// Every place of a part in a segment.
template <class F>
void each_place(Part const& part, F&& f) {
  for (auto const* const place : {&part.contacts, &part.groups})
    if (*place) f(**place);
}

}  // namespace

/// Blocks on their way into one segment.
struct PartialKeeper::Draft {
  explicit Draft(CompiledPlan const& plan) : writer(plan) {}
  struct Entry {
    Part* part = nullptr;
    bool contacts = false;
  };
  SegmentWriter writer;
  IdNumbers numbers{};           // of the ids, by place
  std::vector<Entry> entries{};  // what each block is; contacts of a part stand before its groups
  std::vector<PartialBytes> blocks{};
};

std::vector<Part*> parts_to_merge(std::vector<Part>& parts, std::size_t read) {
  std::map<std::string, std::set<Part*>> by_segment;
  for (Part& part : parts)
    if (part.found) each_place(part, [&](BlockPlace const& place) { by_segment[place.segment].insert(&part); });
  std::vector<std::set<Part*>> segments;
  for (auto& [key, members] : by_segment) segments.push_back(std::move(members));
  std::sort(segments.begin(), segments.end(), [](auto const& a, auto const& b) { return a.size() < b.size(); });
  std::set<Part*> out;
  for (auto const& members : segments) {
    if (members.size() > kGrowth * (read + out.size())) break;
    out.insert(members.begin(), members.end());
  }
  return {out.begin(), out.end()};
}

bool PartialKeeper::keep(std::vector<Part*> const& read, std::vector<Part*> const& others, Segments const& segments,
                         Workers const& into) {
  std::map<std::string, std::size_t> used;  // blocks by segment
  for (Part const* const part : others) each_place(*part, [&](BlockPlace const& place) { ++used[place.segment]; });
  std::vector<Part*> all = others;
  all.insert(all.end(), read.begin(), read.end());
  if (!write(all, segments, into)) return false;
  for (auto const& one : used) {
    std::string const& key = one.first;
    auto const kept = [&key](Part const* part) {
      bool moved = true;
      each_place(*part, [&](BlockPlace const& place) { moved &= place.segment != key; });
      return moved;
    };
    if (segments.at(key).size() == one.second && std::all_of(others.begin(), others.end(), kept)) store_.remove(key);
  }
  return true;
}

bool PartialKeeper::note_ids(Part const& part, Segments const& segments, Draft& draft) const {
  if (!part.found) use_ids(plan_, part.workers, draft.writer.ids());
  bool well = true;
  each_place(part, [&](BlockPlace const& place) {
    if (!part.found) return;
    Segment const& segment = segments.at(place.segment);
    well &= use_block(*segment.block(place.block), segment.numbers(), draft.writer.ids());
  });
  return well;
}

std::optional<PartialBytes> PartialKeeper::block_of(Part const& part, bool contacts, Segments const& segments,
                                                    Draft const& draft) const {
  auto const& ids = draft.writer.ids();
  if (part.found) {
    BlockPlace const& place = contacts ? *part.contacts : *part.groups;
    Segment const& segment = segments.at(place.segment);
    return moved_block(*segment.block(place.block), segment.numbers(), ids);
  }
  if (contacts) return contact_bytes(plan_, part.workers, ids);
  return group_bytes(plan_, part.workers, part.place(), ids);
}

bool PartialKeeper::write(std::span<Part* const> parts, Segments const& segments, Workers const& into) {
  Draft draft(plan_);
  for (Part* const part : parts) {
    if (!note_ids(*part, segments, draft)) return false;
    if (!plan_.contacts.empty()) draft.entries.push_back({part, true});
    if (part->time.any) draft.entries.push_back({part, false});
  }
  for (IdPlaces const& ids : draft.writer.ids()) draft.numbers.push_back(ids.numbers());
  draft.writer.dictionary(tables_);
  draft.blocks.resize(draft.entries.size());
  std::atomic<bool> well{true};
  in_parallel_(draft.entries.size(), [&](std::size_t at, unsigned) {
    auto block = block_of(*draft.entries[at].part, draft.entries[at].contacts, segments, draft);
    if (block) draft.blocks[at] = std::move(*block);
    if (!block) well = false;
  });
  if (!well) return false;
  std::string const bytes = draft.writer.finish(draft.blocks);
  if (bytes.size() > store_.most_of_entry() && parts.size() > 1) {
    std::size_t const half = parts.size() / 2;
    return write(parts.first(half), segments, into) && write(parts.subspan(half), segments, into);
  }
  if (!into.empty())
    in_parallel_(draft.entries.size(), [&](std::size_t at, unsigned worker) {
      Part const& part = *draft.entries[at].part;
      if (!part.found && !fold(part, draft, at, *into[worker])) well = false;
    });
  put(parts, draft, bytes);
  for (Part* const part : parts)
    if (!into.empty()) part->workers.clear();
  return well;
}

bool PartialKeeper::fold(Part const& part, Draft const& draft, std::size_t at, ScanWorker& into) const {
  KeptBlock const block{draft.blocks[at].states, draft.blocks[at].lists};
  if (draft.entries[at].contacts) return load_contacts(block, plan_, tables_, draft.numbers, into);
  return load_groups(block, plan_, tables_, draft.numbers, part.place(), into);
}

void PartialKeeper::put(std::span<Part* const> parts, Draft const& draft, std::string const& bytes) {
  std::string const key = "segment " + sha256_hex(bytes) + "\n";
  if (!draft.blocks.empty() && !store_.put(key, bytes)) return;
  std::set<Part const*> gone;  // files that are not those that were read any more
  for (Part const* const part : parts) {
    if (part->found) continue;
    if (unchanged_(*part))
      (void)store_.put(part->key, facts_bytes(*part->facts));
    else
      gone.insert(part);
  }
  for (std::size_t at = 0; at < draft.entries.size(); ++at) {
    auto const& [part, contacts] = draft.entries[at];
    if (gone.contains(part)) continue;
    (contacts ? part->contacts : part->groups) = BlockPlace{key, at};
    (void)store_.put(contacts ? part->contacts_key() : part->groups_key(), block_place_bytes({key, at}));
  }
}

}  // namespace yekun
