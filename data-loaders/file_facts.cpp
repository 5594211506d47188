#include "data-loaders/file_facts.h"

#include "data-loaders/file_list.h"
#include "data-loaders/text_bytes.h"

namespace yekun {

Result<FileFacts> file_facts(SourceContext const& context, std::string const& file, std::string label, bool hash) {
  auto const handle = FileHandle::open(full_path(context, file), file);
  if (!handle) return failure(handle.error());
  FileFacts facts{.name = std::move(label), .bytes = handle->size()};
  if (!hash) return facts;
  auto sum = sha256_of(*handle);
  if (!sum) return failure(sum.error());
  facts.sha256 = std::move(*sum);
  return facts;
}

}  // namespace yekun
