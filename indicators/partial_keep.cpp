#include "indicators/partial_keep.h"

#include <fmt/format.h>

#include <algorithm>
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
    std::optional<std::size_t> contacts{};  // indices of blocks
    std::optional<std::size_t> groups{};
  };
  SegmentWriter writer;
  IdNumbers numbers{};
  std::vector<PartialBytes> blocks{};
  std::vector<Entry> entries{};
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
                         ScanWorker* into) {
  std::map<std::string, std::size_t> used;  // blocks by segment
  for (Part const* const part : others) each_place(*part, [&](BlockPlace const& place) { ++used[place.segment]; });
  std::vector<Part*> all = others;
  all.insert(all.end(), read.begin(), read.end());
  if (!write(all, segments, into)) return false;
  for (auto const& [key, blocks] : used) {
    auto const kept = [&](Part const* part) {
      bool moved = true;
      each_place(*part, [&](BlockPlace const& place) { moved &= place.segment != key; });
      return moved;
    };
    if (segments.at(key).size() == blocks && std::all_of(others.begin(), others.end(), kept)) store_.remove(key);
  }
  return true;
}

bool PartialKeeper::write(std::span<Part* const> parts, Segments const& segments, ScanWorker* into) {
  Draft draft(plan_);
  for (Part* const part : parts) {
    if (!part->found) use_ids(plan_, part->workers, draft.writer.ids());
    bool well = true;
    each_place(*part, [&](BlockPlace const& place) {
      if (!part->found) return;
      Segment const& segment = segments.at(place.segment);
      well &= use_block(*segment.block(place.block), segment.numbers(), draft.writer.ids());
    });
    if (!well) return false;
  }
  draft.numbers = draft.writer.dictionary(tables_);
  for (Part* const part : parts)
    if (!add_blocks(*part, segments, draft)) return false;
  std::string const bytes = draft.writer.finish(draft.blocks);
  if (bytes.size() > store_.most_of_entry() && parts.size() > 1) {
    std::size_t const half = parts.size() / 2;
    return write(parts.first(half), segments, into) && write(parts.subspan(half), segments, into);
  }
  put(draft, bytes);
  for (auto const& entry : draft.entries) {
    if (entry.part->found) continue;
    if (into != nullptr && !fold(*entry.part, draft, *into)) return false;
    if (into != nullptr) entry.part->workers.clear();
  }
  return true;
}

bool PartialKeeper::add_blocks(Part& part, Segments const& segments, Draft& draft) {
  Draft::Entry entry{&part, {}, {}};
  auto const& ids = draft.writer.ids();
  auto const add = [&](PartialBytes block) {
    draft.blocks.push_back(std::move(block));
    return draft.blocks.size() - 1;
  };
  auto const move = [&](BlockPlace const& place) {
    Segment const& segment = segments.at(place.segment);
    return add(moved_block(*segment.block(place.block), segment.numbers(), ids));
  };
  if (part.found) {
    if (part.contacts) entry.contacts = move(*part.contacts);
    if (part.groups) entry.groups = move(*part.groups);
  } else {
    if (!plan_.contacts.empty()) entry.contacts = add(contact_bytes(plan_, part.workers, ids));
    if (part.time.any) {
      auto groups = group_bytes(plan_, part.workers, part.place(), ids);
      if (!groups) return false;
      entry.groups = add(std::move(*groups));
    }
  }
  draft.entries.push_back(entry);
  return true;
}

bool PartialKeeper::fold(Part const& part, Draft const& draft, ScanWorker& into) const {
  auto const& entry =
      *std::find_if(draft.entries.begin(), draft.entries.end(), [&](auto const& one) { return one.part == &part; });
  auto const block = [&](std::size_t at) { return KeptBlock{draft.blocks[at].states, draft.blocks[at].lists}; };
  if (entry.contacts && !load_contacts(block(*entry.contacts), plan_, tables_, draft.numbers, into)) return false;
  return !entry.groups || load_groups(block(*entry.groups), plan_, tables_, draft.numbers, part.place(), into);
}

void PartialKeeper::put(Draft& draft, std::string const& bytes) {
  std::string const key = "segment " + sha256_hex(bytes) + "\n";
  if (!draft.blocks.empty() && !store_.put(key, bytes)) return;
  for (auto& [part, contacts, groups] : draft.entries) {
    if (!part->found && !unchanged_(*part)) continue;
    if (contacts) {
      part->contacts = BlockPlace{key, *contacts};
      (void)store_.put(part->contacts_key(), block_place_bytes(*part->contacts));
    }
    if (groups) {
      part->groups = BlockPlace{key, *groups};
      (void)store_.put(part->groups_key(), block_place_bytes(*part->groups));
    }
    if (!part->found) (void)store_.put(part->key, facts_bytes(*part->facts));
  }
}

}  // namespace yekun
