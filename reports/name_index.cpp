#include "reports/name_index.h"

#include <algorithm>
#include <filesystem>

#include "indicators/census.h"

namespace yekun {
namespace {

template <class T>
std::vector<std::string> ids_of(std::vector<T> const& all) {
  std::vector<std::string> out;
  for (auto const& one : all) out.push_back(one.id);
  return out;
}

}  // namespace

bool NameIndex::knows_columns(Dataset const& dataset) const {
  if (found_.by_dataset.count(dataset.id) == 0) return false;
  return std::all_of(dataset.lookups.begin(), dataset.lookups.end(), [&](LookupSpec const& lookup) {
    return programme_.dataset(lookup.target) != nullptr && found_.by_dataset.count(lookup.target) != 0;
  });
}

std::vector<KnownColumn> NameIndex::own_columns(Dataset const& dataset) const {
  std::vector<KnownColumn> out;
  auto const found = found_.by_dataset.find(dataset.id);
  if (found != found_.by_dataset.end())
    for (auto const& column : found->second) out.push_back({column.name, Type::text, false});
  for (auto const& column : dataset.columns) {
    auto const same = [&](KnownColumn const& one) { return one.name == column.name; };
    auto const at = std::find_if(out.begin(), out.end(), same);
    KnownColumn const declared{column.name, column.type, column.personal};
    if (at == out.end())
      out.push_back(declared);
    else
      *at = declared;
  }
  return out;
}

std::vector<KnownColumn> NameIndex::columns(Dataset const& dataset) const {
  auto out = own_columns(dataset);
  for (auto const& lookup : dataset.lookups) {
    if (!lookup.census.empty()) out.push_back({lookup.name + "." + std::string(kPresent), Type::integer, false});
    auto const* target = programme_.dataset(lookup.target);
    if (target == nullptr || !lookup.census.empty()) continue;
    for (auto column : own_columns(*target)) {
      column.name = lookup.name + "." + column.name;
      out.push_back(std::move(column));
    }
  }
  for (auto const& derived : dataset.derived) out.push_back({derived.name, Type::text, false});
  return out;
}

std::vector<std::string> NameIndex::source_columns(Dataset const& dataset) const {
  std::vector<std::string> out;
  auto const found = found_.by_dataset.find(dataset.id);
  if (found != found_.by_dataset.end())
    for (auto const& column : found->second) out.push_back(column.name);
  return out;
}

std::optional<KnownColumn> NameIndex::column(Dataset const& dataset, std::string_view name) const {
  auto const all = columns(dataset);
  for (auto const& one : all)
    if (one.name == name) return one;
  std::string const ending = "." + std::string(name);
  std::optional<KnownColumn> out;
  for (auto const& one : all) {
    if (!one.name.ends_with(ending)) continue;
    if (out) return std::nullopt;
    out = one;
  }
  return out;
}

bool NameIndex::column_anywhere(std::string_view name) const {
  return std::any_of(programme_.datasets.begin(), programme_.datasets.end(),
                     [&](Dataset const& dataset) { return !knows_columns(dataset) || column(dataset, name); });
}

std::string NameIndex::source_name(Dataset const& dataset) const {
  auto const found = found_.by_dataset.find(dataset.id);
  if (found != found_.by_dataset.end() && !found->second.empty() && !found->second.front().place.file.empty())
    return std::filesystem::path(found->second.front().place.file).filename().string();
  return dataset.source.files.empty() ? dataset.id : dataset.source.files.front();
}

std::vector<std::string> NameIndex::dataset_ids() const { return ids_of(programme_.datasets); }
std::vector<std::string> NameIndex::dimension_ids() const { return ids_of(programme_.dimensions); }
std::vector<std::string> NameIndex::indicator_ids() const { return ids_of(programme_.indicators); }

}  // namespace yekun
