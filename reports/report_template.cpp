#include "reports/report_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/assets.h"
#include "reports/folder_file.h"

namespace yekun {
namespace {

constexpr std::string_view kFolder = "reports/";
constexpr std::string_view kEnding = ".json";

JsonNode* member(JsonNode& node, std::string_view key) {
  for (auto& one : node.members)
    if (one.key == key) return &one.value;
  return nullptr;
}

void put(JsonNode& node, JsonMember one) {
  if (auto* const there = member(node, one.key))
    *there = std::move(one.value);
  else
    node.members.push_back(std::move(one));
}

void drop(JsonNode& node, std::string_view key) {
  std::erase_if(node.members, [&](JsonMember const& one) { return one.key == key; });
}

std::string id_of(JsonNode const& section) {
  auto const* const id = section.find("id");
  return id != nullptr ? id->text : std::string();
}

/// The template's tree; nothing after noting why not.
std::optional<JsonNode> read_template(JsonNode const& name, std::string const& folder, SpecNotes& notes,
                                      std::string& followed) {
  std::string wanted;
  if (!read_text(name, "template", wanted, notes)) return {};
  std::string text;
  std::string file = fmt::format("{}{}{}", kFolder, wanted, kEnding);
  auto const refuse = [&](Diagnostics problems) {
    notes.problems.insert(notes.problems.end(), problems.begin(), problems.end());
    return std::nullopt;
  };
  if (wanted.ends_with(kEnding)) {
    auto read = read_folder_file(wanted, folder, name.place);
    if (!read) {
      for (auto& problem : read.error()) problem.place = name.place;
      return refuse(std::move(read.error()));
    }
    text = std::move(read->bytes);
    file = std::move(read->path);
  } else if (auto const carried = asset(file)) {
    text = *carried;
  } else {
    notes.error(name.place, "unknown-template", fmt::format("unknown template '{}'", wanted),
                suggestion(wanted, template_names()));
    return {};
  }
  followed += text;
  auto root = parse_json(text, file);
  if (root && root->kind == JsonKind::object) return std::move(*root);
  if (root) notes.error(name.place, "wrong-type", fmt::format("the template '{}' is no object", wanted));
  return root ? std::nullopt : refuse(std::move(root.error()));
}

/// Lays the report's sections over the template's.
class SectionMerge {
 public:
  SectionMerge(std::vector<JsonNode> sections, SpecNotes& notes) : sections_(std::move(sections)), notes_(notes) {
    for (auto const& section : sections_) ids_.push_back(id_of(section));
  }

  std::vector<JsonNode> merge(std::vector<JsonNode> const& own) {
    for (auto const& section : own) lay(section);
    return std::move(sections_);
  }

 private:
  void lay(JsonNode section) {
    std::string const id = id_of(section);
    if (auto const* const after = section.find("after")) {
      std::size_t const at = index_of(after->text);
      if (at == sections_.size())
        notes_.error(after->place, "unknown-section", fmt::format("no section is called '{}'", after->text),
                     suggestion(after->text, ids_));
      else
        next_ = at + 1;
      drop(section, "after");
    }
    std::size_t const at = id.empty() ? sections_.size() : index_of(id);
    auto const* const remove = section.find("remove");
    if (remove != nullptr && at == sections_.size())
      return notes_.error(remove->place, "unknown-section", fmt::format("no section '{}' to remove", id),
                          suggestion(id, ids_));
    if (remove != nullptr) {
      sections_.erase(sections_.begin() + static_cast<std::ptrdiff_t>(at));
      next_ = at;
    } else if (at < sections_.size()) {
      replace(sections_[at], section);
      next_ = at + 1;
    } else {
      if (auto const near = nearest(id, ids_); !near.empty())
        notes_.warning(section.find("id")->place, "new-section",
                       fmt::format("'{}' is no section of the template and is added to it", id),
                       fmt::format("did you mean '{}'?", near));
      sections_.insert(sections_.begin() + static_cast<std::ptrdiff_t>(next_++), std::move(section));
    }
  }

  static void replace(JsonNode& under, JsonNode const& over) {
    bool const shows = std::any_of(section_contents().begin(), section_contents().end(),
                                   [&](auto const& key) { return over.find(key) != nullptr; });
    if (shows)
      for (auto const& key : section_contents()) drop(under, key);
    for (auto const& one : over.members) put(under, one);
    under.place = over.place;
  }

  std::size_t index_of(std::string_view id) const {
    auto const at = std::find_if(sections_.begin(), sections_.end(), [&](auto const& one) { return id_of(one) == id; });
    return static_cast<std::size_t>(at - sections_.begin());
  }

  std::vector<JsonNode> sections_;
  SpecNotes& notes_;
  std::vector<std::string> ids_;
  std::size_t next_ = 0;  // where a section that is new goes
};

/// "$name" gives "name"; anything else nothing.
std::string_view parameter_of(JsonNode const& node) {
  if (node.kind != JsonKind::string || !node.text.starts_with('$')) return {};
  auto const name = std::string_view(node.text).substr(1);
  return is_identifier(name) ? name : std::string_view();
}

/// Puts the values of `with` where their names stand.
class Filling {
 public:
  Filling(JsonNode const* with, Place place, SpecNotes& notes) : place_(std::move(place)), notes_(notes) {
    if (with == nullptr) return;
    if (with->kind != JsonKind::object) wrong_type(*with, "with", "an object", notes_);
    for (auto const& one : with->members) {
      values_[one.key] = &one.value;
      names_.push_back(one.key);
    }
  }

  /// Of the whole report but its sections, and of them.
  void fill(JsonNode& root) {
    for (auto& one : root.members)
      if (one.key != "sections" && one.key != "with") demand(one.value);
    auto* const sections = member(root, "sections");
    if (sections == nullptr) return;
    std::vector<JsonNode> kept;
    for (auto& section : sections->items)
      if (fill_section(section)) kept.push_back(std::move(section));
    sections->items = std::move(kept);
  }

  void refuse_unused(JsonNode const& own) {
    for (auto const& one : own.members)
      if (used_.count(one.key) == 0 && !one.key.starts_with("x-"))
        notes_.error(one.key_place, "unknown-parameter", fmt::format("nothing uses the parameter '{}'", one.key),
                     suggestion(one.key, {used_.begin(), used_.end()}));
  }

 private:
  bool fill_section(JsonNode& section) {
    auto const* const flag = section.find("optional");
    bool optional = false;
    if (flag != nullptr) read_boolean(*flag, "optional", optional, notes_);
    drop(section, "optional");
    if (!optional) return demand(section);
    absent_.clear();
    replace(section);
    return absent_.empty();
  }

  /// False after noting what is absent.
  bool demand(JsonNode& node) {
    absent_.clear();
    replace(node);
    for (auto const& name : absent_)
      notes_.error(place_of(name), "missing-parameter", fmt::format("the parameter '{}' has no value", name),
                   fmt::format("write \"with\": {{\"{}\": ...}}", name));
    return absent_.empty();
  }

  /// Of the null in the report; of its template's name where the null is the template's.
  Place const& place_of(std::string const& name) const {
    Place const& null = values_.at(name)->place;
    return null.file == place_.file ? null : place_;
  }

  void replace(JsonNode& node) {
    if (auto const name = parameter_of(node); !name.empty()) return replace_by(node, std::string(name));
    for (auto& one : node.members) replace(one.value);
    std::vector<JsonNode> items;
    for (auto& item : node.items) {
      bool const named = !parameter_of(item).empty();
      replace(item);
      if (named && item.kind == JsonKind::array)
        items.insert(items.end(), item.items.begin(), item.items.end());
      else
        items.push_back(std::move(item));
    }
    node.items = std::move(items);
  }

  void replace_by(JsonNode& node, std::string const& name) {
    used_.insert(name);
    auto const found = values_.find(name);
    if (found == values_.end())
      return notes_.error(node.place, "unknown-parameter", fmt::format("'with' has no parameter '{}'", name),
                          suggestion(name, names_));
    if (found->second->kind == JsonKind::null)
      absent_.insert(name);
    else
      node = *found->second;
  }

  Place place_;
  SpecNotes& notes_;
  std::map<std::string, JsonNode const*> values_{};
  std::vector<std::string> names_{};
  std::set<std::string> used_{};
  std::set<std::string> absent_{};
};

/// Sections that name none of the template's are a list of the report's own.
bool names_sections(JsonNode const& list) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [](JsonNode const& one) { return one.find("id") != nullptr || one.find("after") != nullptr; });
}

/// The template with the report's keys over its own.
JsonNode laid_over(JsonNode under, JsonNode const& over, SpecNotes& notes) {
  drop(under, "$schema");
  drop(under, "programme");
  for (auto const& one : over.members) {
    auto* const there = member(under, one.key);
    if (one.key == "sections" && there != nullptr && one.value.kind == JsonKind::array && names_sections(one.value)) {
      there->items = SectionMerge(std::move(there->items), notes).merge(one.value.items);
      there->place = one.value.place;
    } else if (one.key == "with" && there != nullptr && one.value.kind == JsonKind::object) {
      for (auto const& value : one.value.members) put(*there, value);
    } else {
      put(under, one);
    }
  }
  under.place = over.place;
  return under;
}

}  // namespace

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (auto const& path : assets_in(kFolder))
    names.push_back(path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size()));
  return names;
}

std::vector<std::string> const& section_contents() {
  static std::vector<std::string> const all{"kpis",         "text",        "table",      "chart",   "logframe",
                                            "data_quality", "definitions", "provenance", "explore", "page_break"};
  return all;
}

JsonNode with_template(JsonNode report, std::string const& folder, SpecNotes& notes, std::string& followed) {
  auto const* const name = report.find("template");
  auto const* const own = report.find("with");
  if (report.kind != JsonKind::object || (name == nullptr && own == nullptr)) return report;
  JsonNode out = report;
  if (name != nullptr) {
    auto under = read_template(*name, folder, notes, followed);
    if (!under) return report;
    out = laid_over(std::move(*under), report, notes);
  }
  JsonNode const* const with = out.find("with");
  Filling filling(with, name != nullptr ? name->place : own->place, notes);
  JsonNode filled = out;
  filling.fill(filled);
  if (own != nullptr) filling.refuse_unused(*own);
  drop(filled, "with");
  return filled;
}

}  // namespace yekun
