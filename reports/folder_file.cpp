#include "reports/folder_file.h"

#include "data-loaders/file_list.h"
#include "reports/spec_file.h"

namespace yekun {

Result<FolderFile> read_folder_file(std::string const& name, std::string const& folder, Place const& place) {
  SourceSpec source;
  source.files = {name};
  source.place = place;
  SourceContext context;
  context.folder = folder;
  auto const found = find_files(source, context);
  if (!found) return failure(found.error());
  FolderFile out{full_path(context, found->front()), {}};
  auto bytes = read_spec_file(out.path);
  if (!bytes) return failure(std::move(bytes.error()));
  out.bytes = std::move(*bytes);
  return out;
}

}  // namespace yekun
