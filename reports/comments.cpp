#include "reports/comments.h"

namespace yekun {

Result<std::vector<Comment>> read_comments(Programme const& programme, SourceContext const& context) {
  std::vector<Comment> out;
  auto const* dataset = programme.dataset(programme.comments_dataset);
  if (dataset == nullptr) return out;
  auto const source = open_source(*dataset, context);
  if (!source) return failure(source.error());
  auto const table = read_table(**source, {"indicator", "period", "language", "text"});
  if (!table) return failure(table.error());
  auto const text = [&](std::size_t column, std::size_t row) {
    auto const& values = table->columns[column];
    return values.has(row) && values.type == Type::text ? std::string(values.text(row)) : std::string();
  };
  for (std::size_t row = 0; row < table->rows(); ++row) {
    Comment comment{text(0, row), text(1, row), text(2, row), text(3, row)};
    if (!comment.indicator.empty() && !comment.text.empty()) out.push_back(std::move(comment));
  }
  return out;
}

}  // namespace yekun
