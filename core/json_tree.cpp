#include "core/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/json_syntax.h"
#include "core/utf8.h"

namespace yekun {
namespace {

constexpr std::size_t kLongestShownLine = 1000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

/// Turns byte offsets into lines and columns, walking forward; going back starts over.
class Places {
 public:
  Places(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  Place at(std::size_t offset) {
    if (offset < offset_) *this = Places(text_, file_);
    for (; offset_ < offset; ++offset_) {
      auto const byte = static_cast<unsigned char>(text_[offset_]);
      if (byte == '\n') {
        ++line_;
        column_ = 1;
      } else if ((byte & 0xC0U) != 0x80U) {
        ++column_;
      }
    }
    return {std::string(file_), line_, column_, 0, {}};
  }

 private:
  std::string_view text_;
  std::string_view file_;
  std::size_t offset_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
};

Diagnostic mistake(std::string_view text, Place place, std::string code, std::string message, std::string hint) {
  Diagnostic d{Severity::error, Fault::spec, std::move(code), std::move(place), std::move(message),
               std::move(hint), {}};
  d.source_line = line_of(text, d.place.line);
  if (d.source_line.size() > kLongestShownLine) d.source_line.clear();
  return d;
}

/// Receives nlohmann's events. It takes nothing from the parser's own positions, which differ by token: every token
/// starts where the filler after the one before ends, and its own characters say where it ends.
class Builder {
 public:
  Builder(std::string_view text, std::string_view file, JsonLimits const& limits)
      : text_(text), places_(text, file), limits_(limits) {}

  bool null() {
    return take(JsonKind::null, 4, [](JsonNode&) {});
  }
  bool boolean(bool value) {
    return take(JsonKind::boolean, value ? 4 : 5, [&](JsonNode& node) { node.boolean = value; });
  }
  bool number_integer(std::int64_t value) {
    return take_number([&](JsonNode& node) {
      node.kind = JsonKind::integer;
      node.integer = value;
      node.number = static_cast<double>(value);
    });
  }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(INT64_MAX)) return number_integer(static_cast<std::int64_t>(value));
    return take_number([&](JsonNode& node) { node.number = static_cast<double>(value); });
  }
  bool number_float(double value, std::string const& /*written*/) {
    return take_number([&](JsonNode& node) { node.number = value; });
  }
  bool string(std::string& value) {
    auto const start = next();
    return take(JsonKind::string, string_end(text_, start) - start,
                [&](JsonNode& node) { node.text = std::move(value); });
  }
  bool binary(nlohmann::json::binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(JsonKind::object); }
  bool start_array(std::size_t /*size*/) { return open(JsonKind::array); }
  bool end_object() {
    note_duplicates(open_.back().members);
    return close();
  }
  bool end_array() { return close(); }
  bool key(std::string& value) {
    auto const start = next();
    stop.accepted_end = string_end(text_, start);
    stop.after_key = true;
    stop.after_opening = false;
    stop.key = std::string(first_code_points(value, 60));
    open_.back().members.push_back({std::move(value), places_.at(start), {}});
    return true;
  }
  bool parse_error(std::size_t /*at*/, std::string const& /*token*/, nlohmann::json::exception const& /*error*/) {
    return false;
  }

  /// The end of a text that is not JSON, or that goes beyond the limits.
  Diagnostics fail() {
    if (!limit_.empty()) {
      auto const start = next();
      duplicates.push_back(mistake(text_, places_.at(start), "json-limit", limit_, "split the file"));
    } else {
      auto const why = explain(text_, stop);
      duplicates.push_back(mistake(text_, places_.at(why.at), why.code, why.message, why.hint));
    }
    return std::move(duplicates);
  }

  JsonStop stop{};
  JsonNode root{};
  Diagnostics duplicates{};

 private:
  std::size_t next() const { return skip_filler(text_, stop.accepted_end, true); }

  template <class Fill>
  bool take(JsonKind kind, std::size_t length, Fill fill) {
    if (!within_limits(0)) return false;
    auto const start = next();
    JsonNode node;
    node.kind = kind;
    node.place = places_.at(start);
    fill(node);
    accept(start + length);
    attach(std::move(node));
    return true;
  }

  template <class Fill>
  bool take_number(Fill fill) {
    auto const start = next();
    auto const length = number_length(text_, start);
    return take(JsonKind::number, length, [&](JsonNode& node) {
      node.text = std::string(text_.substr(start, length));
      fill(node);
    });
  }

  bool open(JsonKind kind) {
    if (!within_limits(1)) return false;
    auto const start = next();
    JsonNode node;
    node.kind = kind;
    node.place = places_.at(start);
    open_.push_back(std::move(node));
    stop.open.push_back({kind == JsonKind::object, start});
    accept(start + 1);
    stop.after_opening = true;
    return true;
  }

  bool close() {
    JsonNode node = std::move(open_.back());
    open_.pop_back();
    stop.open.pop_back();
    accept(next() + 1);
    attach(std::move(node));
    return true;
  }

  void accept(std::size_t end) {
    stop.accepted_end = end;
    stop.after_key = false;
    stop.after_opening = false;
  }

  void attach(JsonNode node) {
    if (open_.empty())
      root = std::move(node);
    else if (open_.back().kind == JsonKind::array)
      open_.back().items.push_back(std::move(node));
    else
      open_.back().members.back().value = std::move(node);
  }

  bool within_limits(std::size_t deeper) {
    if (++values_ > limits_.values) limit_ = fmt::format("more than {} values in one file", limits_.values);
    if (open_.size() + deeper > limits_.depth) limit_ = fmt::format("more than {} levels of brackets", limits_.depth);
    return limit_.empty();
  }

  void note_duplicates(std::vector<JsonMember> const& members) {
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return members[a].key < members[b].key; });
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
      auto const& member = members[order[i]];
      auto const& original = members[order[first]];
      if (member.key != original.key) {
        first = i;
        continue;
      }
      auto const& at = original.key_place;
      duplicates.push_back(
          mistake(text_, member.key_place, "duplicate-key",
                  fmt::format("the name \"{}\" stands twice in this object", first_code_points(member.key, 60)),
                  fmt::format("it was first given at {}:{}; keep one of them", at.line, at.column)));
    }
  }

  std::string_view text_;
  Places places_;
  JsonLimits limits_;
  std::vector<JsonNode> open_{};  // containers that are not closed yet, outermost first
  std::size_t values_ = 0;
  std::string limit_{};
};

Diagnostics unreadable(std::string_view text, std::string const& file, std::size_t at) {
  bool const wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  Place place{
      file,
      1 + static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')),
      0,
      0,
      {}};
  return {{Severity::error,
           Fault::spec,
           "not-utf8",
           std::move(place),
           wide ? "the file is UTF-16, expected UTF-8" : "this line is not UTF-8 text",
           "save the file as UTF-8 in your editor",
           {}}};
}

}  // namespace

JsonNode const* JsonNode::find(std::string_view key) const {
  auto const found = std::find_if(members.begin(), members.end(), [&](JsonMember const& m) { return m.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

Result<JsonNode> parse_json(std::string_view whole, std::string const& file, JsonLimits const& limits) {
  std::string_view const text = without_mark(whole);
  if (text.size() > limits.bytes)
    return failure({Severity::error,
                    Fault::spec,
                    "json-limit",
                    {file, 0, 0, 0, {}},
                    fmt::format("the file has {} bytes, expected at most {}", text.size(), limits.bytes),
                    "split the file",
                    {}});
  if (auto const bad = invalid_utf8_at(text)) return failure(unreadable(text, file, *bad));
  Builder builder(text, file, limits);
  bool const parsed =
      nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json,
                                /*strict=*/true, /*ignore_comments=*/true);
  if (!parsed) return failure(builder.fail());
  if (builder.duplicates.empty()) return std::move(builder.root);
  auto const before = [](Diagnostic const& a, Diagnostic const& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  };
  std::stable_sort(builder.duplicates.begin(), builder.duplicates.end(), before);
  return failure(std::move(builder.duplicates));
}

std::string line_of(std::string_view text, std::uint64_t line) {
  text = without_mark(text);
  for (; line > 1; --line) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return line == 0 ? std::string() : std::string(text);
}

std::string quote_json(std::string_view text) {
  std::string out = "\"";
  for (char const c : to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace yekun
