#include "indicators/bind.h"

#include <algorithm>

#include "indicators/binder.h"

namespace yekun {
namespace {

constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;
constexpr std::uint32_t kSeveral = 0xFFFFFFFE;

/// The one column below the node, or kNoSlot or kSeveral.
std::uint32_t only_slot(BoundNode const& node) {
  if (node.op == Op::column) return node.slot;
  std::uint32_t slot = kNoSlot;
  for (BoundNode const& part : node.parts) {
    std::uint32_t const below = only_slot(part);
    if (below == kNoSlot || below == slot) continue;
    slot = slot == kNoSlot ? below : kSeveral;
  }
  return slot;
}

/// Marks the largest subtrees that depend on one text column only.
void mark_caches(BoundNode& node, BoundExpression& bound, Schema const& schema) {
  if (node.op == Op::column || node.op == Op::constant) return;
  std::uint32_t const slot = only_slot(node);
  if (slot < kSeveral && schema.columns[bound.columns[slot]].type == Type::text) {
    node.cache = static_cast<std::int32_t>(bound.caches++);
    node.cached_slot = slot;
    return;
  }
  for (BoundNode& part : node.parts) mark_caches(part, bound, schema);
}

}  // namespace

tl::expected<std::size_t, NameProblem> find_column(Schema const& schema, std::string_view name) {
  std::vector<std::size_t> ends;
  std::string const suffix = "." + std::string(name);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    std::string const& candidate = schema.columns[i].name;
    if (candidate == name) return i;
    if (candidate.size() > suffix.size() && candidate.ends_with(suffix)) ends.push_back(i);
  }
  if (ends.size() == 1) return ends.front();
  std::string const quoted = "'" + std::string(name) + "'";
  if (!ends.empty()) {
    std::string all;
    for (std::size_t const i : ends) all += (all.empty() ? "" : ", ") + schema.columns[i].name;
    return tl::unexpected(NameProblem{"the column " + quoted + " is ambiguous", "write one of: " + all});
  }
  std::vector<std::string> names;
  for (SchemaColumn const& column : schema.columns) {
    names.push_back(column.name);
    if (std::size_t const dot = column.name.rfind('.'); dot != std::string::npos && name.find('.') == std::string::npos)
      names.push_back(column.name.substr(dot + 1));
  }
  return tl::unexpected(NameProblem{"unknown column " + quoted, suggestion(name, names)});
}

Result<BoundExpression> Binder::run(bool condition) {
  result_.text = source_.text;
  result_.place = source_.place;
  BoundNode root = bind(source_.root);
  if (condition) require_boolean(root, "the condition");
  if (root.untyped) root.untyped = false;
  if (!errors_.empty()) return failure(std::move(errors_));
  mark_caches(root, result_, schema_);
  result_.root = std::move(root);
  return std::move(result_);
}

Result<BoundExpression> bind(Expression const& expression, Schema const& schema) {
  return Binder(expression, schema).run(false);
}

Result<BoundExpression> bind_condition(Expression const& expression, Schema const& schema) {
  return Binder(expression, schema).run(true);
}

}  // namespace yekun
