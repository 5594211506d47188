// "packs": templates of indicators (templates/packs/) over roles of columns, made into the programme's own indicators.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/assets.h"
#include "indicators/expression.h"
#include "reports/programme_parts.h"

namespace yekun {
namespace {

constexpr std::string_view kFolder = "packs/";

std::vector<std::string> pack_names() {
  std::vector<std::string> names;
  for (auto const& path : assets_in(kFolder))
    names.push_back(path.substr(kFolder.size(), path.size() - kFolder.size() - 5));
  return names;
}

/// What a pack is used over: "stays" -> the dataset, "stays.person" -> the column or expression.
using Roles = std::map<std::string, std::string>;

bool is_word(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '.'; });
}

/// "sum({stays.person})" with the roles' columns; nullopt: a role is not given.
std::optional<std::string> filled(std::string const& text, Roles const& roles) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const open = std::min(text.find('{', at), text.size());
    out += text.substr(at, open - at);
    if (open == text.size()) break;
    std::size_t const close = text.find('}', open);
    std::string const role = text.substr(open + 1, close - open - 1);
    auto const found = roles.find(role);
    if (found == roles.end()) return std::nullopt;
    bool const plain = is_name(found->second) || found->second.front() == '"' || role.find('.') == std::string::npos;
    out += plain ? found->second : "(" + found->second + ")";
    at = close + 1;
  }
  return out;
}

/// The pack's own indicators in a formula, with the prefix.
std::string prefixed(std::string const& formula, std::set<std::string> const& ids, std::string const& prefix) {
  std::string out;
  for (std::size_t at = 0; at < formula.size();) {
    std::size_t end = at;
    while (end < formula.size() && is_word(formula[end])) ++end;
    std::string const word = formula.substr(at, end - at);
    if (ids.contains(word)) out += prefix;
    out += end > at ? word : formula.substr(at, 1);
    at = std::max(end, at + 1);
  }
  return out;
}

class PackUse {
 public:
  PackUse(JsonNode const& node, Programme& programme, SpecNotes& notes)
      : node_(node), programme_(programme), notes_(notes) {}

  void run() {
    ObjectReader reader(node_, "a pack", notes_);
    std::string name;
    reader.required("use");
    auto const* const at = reader.text("use", name);
    if (reader.text("prefix", prefix_) != nullptr && !is_identifier(prefix_))
      notes_.error(reader.node().find("prefix")->place, "bad-name", fmt::format("'{}' cannot begin a name", prefix_),
                   "use letters, digits and _");
    reader.texts("only", only_);
    JsonNode const* const roles = reader.required("roles");
    reader.finish();
    if (at == nullptr || roles == nullptr) return;
    auto const text = asset(fmt::format("{}{}.json", kFolder, name));
    if (!text)
      return notes_.error(at->place, "unknown-pack", fmt::format("unknown pack '{}'", name),
                          suggestion(name, pack_names()));
    auto const pack = parse_json(*text, fmt::format("{}{}.json", kFolder, name));
    if (!pack) {
      notes_.problems.insert(notes_.problems.end(), pack.error().begin(), pack.error().end());
      return;
    }
    name_ = name;
    read_roles(*roles, *pack->find("roles"));
    check_only(*pack->find("indicators"));
    add_indicators(*pack->find("indicators"));
  }

 private:
  void read_roles(JsonNode const& given, JsonNode const& known) {
    if (given.kind != JsonKind::object) return wrong_type(given, "roles", "an object", notes_);
    for (JsonMember const& part : given.members) {
      JsonNode const* const columns = known.find(part.key);
      if (columns == nullptr) {
        std::vector<std::string> names;
        for (auto const& member : known.members) names.push_back(member.key);
        notes_.error(part.key_place, "unknown-role", fmt::format("pack '{}' has no part '{}'", name_, part.key),
                     suggestion(part.key, names));
        continue;
      }
      read_part(part, *columns);
    }
  }

  void read_part(JsonMember const& part, JsonNode const& columns) {
    ObjectReader reader(part.value, fmt::format("'{}' of pack '{}'", part.key, name_), notes_);
    std::string dataset;
    reader.required("dataset");
    if (reader.name("dataset", NameKind::dataset, dataset) == nullptr) return;
    roles_[part.key] = dataset;
    for (JsonMember const& column : columns.members) {
      std::string text;
      auto const* const at = reader.text(column.key, text);
      if (at == nullptr) continue;
      Dataset const* const from = programme_.dataset(dataset);
      if (from != nullptr && from->column(text) != nullptr) text = quote_name(text);
      roles_[part.key + "." + column.key] = text;
      notes_.names.push_back({NameKind::expression, text, dataset, inside(at->place)});
    }
    reader.finish();
  }

  void check_only(JsonNode const& indicators) {
    std::vector<std::string> names;
    for (JsonMember const& member : indicators.members) names.push_back(member.key);
    for (std::string const& one : only_)
      if (indicators.find(one) == nullptr)
        notes_.error(node_.find("only")->place, "unknown-indicator",
                     fmt::format("pack '{}' has no indicator '{}'", name_, one), suggestion(one, names));
  }

  /// Indicators whose roles are all given, and formulas over those; `only` leaves out the others but for what its
  /// formulas need.
  void add_indicators(JsonNode const& indicators) {
    std::set<std::string> possible;
    std::set<std::string> all;
    for (JsonMember const& member : indicators.members) all.insert(member.key);
    for (JsonMember const& member : indicators.members)
      if (can_be_made(member.value, all, possible)) possible.insert(member.key);
    std::set<std::string> const wanted = wanted_of(indicators, all);
    for (JsonMember const& member : indicators.members)
      if (possible.contains(member.key) && wanted.contains(member.key)) add(member, all);
    if (possible.empty())
      notes_.error(node_.place, "empty-pack",
                   fmt::format("no indicator of pack '{}' can be made of these roles", name_),
                   "docs/packs.md lists the roles of each pack and what they give");
  }

  static std::vector<std::string> parts_of(JsonNode const& indicator, std::set<std::string> const& all) {
    std::vector<std::string> out;
    JsonNode const* const formula = indicator.find("formula");
    if (formula == nullptr) return out;
    std::string word;
    for (char const c : formula->text + " ") {
      if (is_word(c)) {
        word += c;
        continue;
      }
      if (all.contains(word)) out.push_back(word);
      word.clear();
    }
    return out;
  }

  bool can_be_made(JsonNode const& indicator, std::set<std::string> const& all,
                   std::set<std::string> const& possible) const {
    for (std::string_view const key : {"dataset", "measure", "where"})
      if (auto const* const text = indicator.find(key); text != nullptr && !filled(text->text, roles_)) return false;
    auto const parts = parts_of(indicator, all);
    return std::all_of(parts.begin(), parts.end(), [&](auto const& part) { return possible.contains(part); });
  }

  std::set<std::string> wanted_of(JsonNode const& indicators, std::set<std::string> const& all) const {
    if (only_.empty()) return all;
    std::set<std::string> wanted(only_.begin(), only_.end());
    for (std::string const& one : only_)
      if (JsonNode const* const indicator = indicators.find(one))
        for (auto& part : parts_of(*indicator, all)) wanted.insert(std::move(part));
    return wanted;
  }

  void add(JsonMember const& member, std::set<std::string> const& all) {
    JsonNode node = member.value;
    for (JsonMember& part : node.members) {
      part.key_place = part.value.place = node_.place;
      if (part.value.kind != JsonKind::string) continue;
      if (part.key == "formula")
        part.value.text = prefixed(part.value.text, all, prefix_);
      else
        part.value.text = *filled(part.value.text, roles_);
    }
    node.place = node_.place;
    std::string const id = prefix_ + member.key;
    if (programme_.indicator(id) != nullptr)
      return notes_.error(node_.place, "duplicate-indicator",
                          fmt::format("indicator '{}' of pack '{}' is there already", id, name_),
                          "give the pack a \"prefix\", or choose its indicators by \"only\"");
    SpecNotes own;  // its names are made of the roles, which have been noted where they stand
    programme_.indicators.push_back(parse_indicator(id, node, programme_.fiscal, own));
    notes_.problems.insert(notes_.problems.end(), own.problems.begin(), own.problems.end());
  }

  JsonNode const& node_;
  Programme& programme_;
  SpecNotes& notes_;
  std::string name_;
  std::string prefix_;
  std::vector<std::string> only_;
  Roles roles_;
};

}  // namespace

void parse_packs(JsonNode const& node, Programme& programme, SpecNotes& notes) {
  if (node.kind != JsonKind::array) return wrong_type(node, "packs", "a list", notes);
  for (JsonNode const& item : node.items) PackUse(item, programme, notes).run();
}

}  // namespace yekun
